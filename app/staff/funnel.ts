import { type FunnelLimits, funnelLimits } from "#analytics/staff/funnel-limits.ts";
import type { Recommendation } from "#analytics/staff/recommendation.ts";
import type { LabelledUnit } from "./agent-labels.ts";

/** What the funnel plot of a unit draws. */
export interface Funnel {
  /** The agents whose counts are shown. */
  points: { label: string; cases: number; handled: number; standsOut: boolean }[];
  /** By what an agent handled, from few to many: the cases of a fair one, and between which counts chance keeps it. */
  limits: (FunnelLimits & { handled: number; fair: number })[];
}

const places = 24;
/** Beside the busiest agent there is room for its letter. */
const room = 1.05;

/** `null` where the cases of the unit are too few to be shown. */
export function funnelOf(
  { cases: total, agents: labelled }: LabelledUnit,
  { agents }: Recommendation,
  names: Readonly<Record<string, string>>,
): Funnel | null {
  if (total === null) return null;
  const volume = agents.reduce((sum, { handled }) => sum + handled, 0);
  const busiest = Math.max(...agents.map(({ handled }) => handled));
  return {
    points: labelled.flatMap(({ label, place, cases }) => {
      const { handled, standsOut } = agents[place]!;
      return cases === null
        ? []
        : [{ label: names[label] ?? label.replace("Agent ", ""), cases, handled, standsOut }];
    }),
    limits: Array.from({ length: places }, (_, i) => {
      const handled = Math.min(volume, (busiest * room * (i + 1)) / places);
      return { handled, fair: (total * handled) / volume, ...funnelLimits(total, handled / volume) };
    }),
  };
}
