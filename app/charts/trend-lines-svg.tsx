import { line } from "d3-shape";
import type { ReactNode } from "react";
import { monthText } from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { numberIn } from "./row-cells.ts";
import {
  datePosition,
  endLabels,
  monthTicks,
  plotHeight,
  type TrendGeometry,
  type TrendMark,
  type TrendProps,
  type TrendSeries,
  trendGeometry,
} from "./trend-geometry.ts";

/**
 * A trend drawn by the server: complete without JavaScript and on paper, at any width.
 * Axes, labels and marks are HTML placed in percent, and only the lines are SVG, stretched without changing their
 * width. So text keeps its size on a phone, and an interactive plot laid over the lines fits exactly.
 */
export function TrendFrame({ trend, live }: { trend: TrendProps; live?: ReactNode }) {
  const geometry = trendGeometry(trend);
  return (
    <div className="trend" style={{ gridTemplateRows: `${plotHeight}px auto` }}>
      <div className="trend-values small soft" aria-hidden="true">
        {geometry.yTicks.map((tick) => (
          <span key={tick} style={{ top: `${geometry.y(tick)}%` }}>
            {trend.format(tick)}
          </span>
        ))}
      </div>
      <div className="trend-plot">
        <Hatching geometry={geometry} />
        <Lines trend={trend} geometry={geometry} />
        {live}
        {trend.marks?.map((mark, index) => (
          <Mark key={`${mark.date} ${mark.label}`} {...{ mark, index, geometry }} />
        ))}
      </div>
      <EndLabels trend={trend} geometry={geometry} />
      <MonthAxis geometry={geometry} />
    </div>
  );
}

interface PartProps {
  trend: TrendProps;
  geometry: TrendGeometry;
}

function Lines({ trend, geometry }: PartProps) {
  return (
    <svg
      className="trend-lines"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label={trend.label}
    >
      {geometry.yTicks.map((tick) => (
        <line
          key={tick}
          className={tick === 0 ? "trend-zero" : "trend-grid"}
          x1={0}
          x2={100}
          y1={geometry.y(tick)}
          y2={geometry.y(tick)}
        />
      ))}
      {trend.series.map((series) => (
        <Line key={series.key} series={series} trend={trend} geometry={geometry} />
      ))}
    </svg>
  );
}

function Line({ series, trend, geometry }: PartProps & { series: TrendSeries }) {
  const path = line<[number, TableRow]>()
    .defined(([, row]) => numberIn(row, series.key) !== null)
    .x(([index]) => geometry.x(index))
    .y(([, row]) => geometry.y(numberIn(row, series.key) ?? 0));
  const points = trend.rows.map((row, index): [number, TableRow] => [index, row]);
  const open = geometry.incomplete < points.length ? points.slice(Math.max(0, geometry.incomplete - 1)) : [];
  return (
    <g style={{ stroke: series.colour }}>
      <path d={path(points.slice(0, geometry.incomplete)) ?? ""} />
      {open.length > 0 && <path className="trend-partial" d={path(open) ?? ""} />}
    </g>
  );
}

function Hatching({ geometry: { incomplete, months } }: { geometry: TrendGeometry }) {
  if (incomplete >= months.length) return null;
  return (
    <div className="trend-hatching" style={{ left: `${(100 * incomplete) / months.length}%` }}>
      <span className="visually-hidden">
        From {monthText(months[incomplete] ?? "")} on the data are not complete.
      </span>
    </div>
  );
}

function Mark({ mark, index, geometry }: { mark: TrendMark; index: number; geometry: TrendGeometry }) {
  const left = datePosition(geometry.months, mark.date);
  if (left === null) return null;
  return (
    <div className="trend-mark" style={{ left: `${left}%` }} data-side={left > 60 ? "left" : "right"}>
      {/* Neighbouring fixes take turns in three rows. */}
      <span className="small" style={{ top: `${(index % 3) * 1.4}em` }}>
        {mark.label}
      </span>
    </div>
  );
}

function EndLabels({ trend, geometry }: PartProps) {
  return (
    <ul className="trend-ends small">
      {endLabels(trend, geometry).map(({ series, value, top }) => (
        <li key={series.key} style={{ top: `${top}px` }}>
          <span className="swatch" style={{ background: series.colour }} />
          {series.label} <strong>{trend.format(value)}</strong>
        </li>
      ))}
    </ul>
  );
}

function MonthAxis({ geometry }: { geometry: TrendGeometry }) {
  return (
    <div className="trend-months small soft" aria-hidden="true">
      {monthTicks(geometry.months).map(({ index, month, withYear, minor }) => {
        const [name = "", year = ""] = monthText(month, "short").split(" ");
        return (
          <span key={month} className={minor ? "minor" : undefined} style={{ left: `${geometry.x(index)}%` }}>
            {name}
            {withYear && <span>{year}</span>}
          </span>
        );
      })}
    </div>
  );
}
