import { type ComponentType, lazy, Suspense } from "react";
import type { TrendProps } from "./trend-geometry.ts";
import { TrendFrame } from "./trend-lines-svg.tsx";
import { useHydrated } from "./use-hydrated.ts";

// Recharts is half of the script of a page, so it comes when the page already stands.
const LiveTrend = lazy(async (): Promise<{ default: ComponentType<TrendProps> }> => {
  try {
    return { default: (await import("./live-trend.tsx")).LiveTrend };
  } catch {
    // The script cannot be fetched: the server's drawing stays, a figure never takes its page down.
    return { default: () => null };
  }
});

/** A trend that the server drew, with a pointer as soon as the browser has the script for it. */
export function Trend(trend: TrendProps) {
  const hydrated = useHydrated();
  const live = hydrated && (
    <Suspense fallback={null}>
      <LiveTrend {...trend} />
    </Suspense>
  );
  return <TrendFrame trend={trend} live={live} />;
}
