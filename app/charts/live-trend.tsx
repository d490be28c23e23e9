import { Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import { monthText } from "#app/format.ts";
import { numberIn } from "./row-cells.ts";
import { type TrendProps, type TrendSeries, trendGeometry } from "./trend-geometry.ts";

/** A month as Recharts takes it: its place on the axis and its row. */
interface Point {
  /** Middle of the month, in months from the left edge. */
  place: number;
  index: number;
}

/**
 * The same lines as the server drew, now with a pointer. It draws no axes of its own: it lies in the plot of a
 * `TrendFrame`, and its scales are the frame's.
 */
export function LiveTrend(trend: TrendProps) {
  const { months, highest, incomplete } = trendGeometry(trend);
  const points = months.map((_, index): Point => ({ place: index + 0.5, index }));
  const valueOf = (series: TrendSeries, point: Point) => {
    const row = trend.rows[point.index];
    return row === undefined ? null : numberIn(row, series.key);
  };
  return (
    <div className="trend-live">
      <LineChart
        responsive
        style={{ width: "100%", height: "100%" }}
        data={points}
        margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        title={trend.label}
      >
        <XAxis type="number" dataKey="place" domain={[0, months.length]} hide />
        <YAxis type="number" domain={[0, highest]} hide />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--edge)" }}
          content={<MonthCard trend={trend} incomplete={incomplete} />}
        />
        {trend.series.flatMap((series) => [
          <Line
            key={series.key}
            dataKey={(point: Point) => (point.index < incomplete ? valueOf(series, point) : null)}
            stroke={series.colour}
            strokeWidth={2}
            dot={false}
            activeDot={{ r: 4, stroke: "var(--paper)", fill: series.colour }}
            isAnimationActive={false}
          />,
          <Line
            key={`${series.key} incomplete`}
            dataKey={(point: Point) => (point.index >= incomplete - 1 ? valueOf(series, point) : null)}
            stroke={series.colour}
            strokeWidth={2}
            strokeDasharray="3 3"
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            hide={incomplete >= months.length}
          />,
        ])}
      </LineChart>
    </div>
  );
}

interface MonthCardProps {
  trend: TrendProps;
  incomplete: number;
  /** Set by Recharts: whether it points at a month, and the place of that month. */
  active?: boolean;
  label?: number;
}

function MonthCard({ trend, incomplete, active = false, label = 0 }: MonthCardProps) {
  const index = Math.floor(label);
  const row = trend.rows[index];
  if (!active || row === undefined) return null;
  return (
    <div className="trend-card small">
      <p>
        <strong>{monthText(String(row.cells[trend.month]))}</strong>
        {index >= incomplete && ", not complete"}
      </p>
      <ul>
        {trend.series.map((series) => (
          <li key={series.key}>
            <span className="swatch" style={{ background: series.colour }} />
            {series.label} <strong>{trend.format(numberIn(row, series.key))}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
