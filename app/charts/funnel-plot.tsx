import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { countText } from "#app/format.ts";
import type { Funnel } from "#app/staff/funnel.ts";

export interface FunnelPlotProps {
  funnel: Funnel;
  /** What it shows, for who cannot see it. */
  label: string;
}

type Limit = Funnel["limits"][number];

/** Cases of each agent against what the agent handled, between the limits of chance: drawn by the server. */
export function FunnelPlot({ funnel: { points, limits }, label }: FunnelPlotProps) {
  const x = scaleLinear([0, limits.at(-1)?.handled ?? 1], [0, 100]);
  const highest = Math.max(1, ...points.map(({ cases }) => cases), ...limits.map(({ p998 }) => p998.high));
  const y = scaleLinear([0, highest * 1.05], [100, 0]);
  const path = (value: (limit: Limit) => number) =>
    line<Limit>(
      ({ handled }) => x(handled),
      (limit) => y(value(limit)),
    )(limits) ?? "";
  return (
    <div className="funnel">
      <div className="funnel-plot">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
          {y.ticks(4).map((tick) => (
            <line key={tick} className="funnel-grid" x1={0} x2={100} y1={y(tick)} y2={y(tick)} />
          ))}
          <path className="funnel-fair" d={path(({ fair }) => fair)} />
          <path className="funnel-near" d={path(({ p95 }) => p95.low)} />
          <path className="funnel-near" d={path(({ p95 }) => p95.high)} />
          <path className="funnel-far" d={path(({ p998 }) => p998.low)} />
          <path className="funnel-far" d={path(({ p998 }) => p998.high)} />
        </svg>
        {y.ticks(4).map((tick) => (
          <span
            key={tick}
            className="funnel-value small soft"
            aria-hidden="true"
            style={{ top: `${y(tick)}%` }}
          >
            {countText(tick)}
          </span>
        ))}
        {points.map((point) => (
          <span
            key={point.label}
            className="funnel-point small"
            data-out={point.standsOut || undefined}
            aria-hidden="true"
            style={{ left: `${x(point.handled)}%`, top: `${y(point.cases)}%` }}
          >
            {point.label}
          </span>
        ))}
      </div>
      <div className="funnel-axis small soft" aria-hidden="true">
        {x.ticks(4).map((tick) => (
          <span key={tick} style={{ left: `${x(tick)}%` }}>
            {countText(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}
