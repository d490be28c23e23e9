import { scaleLinear } from "d3-scale";
import {
  counted,
  countText,
  fewestForInk,
  fewestForShare,
  rangeText,
  shareText,
  unknown,
} from "#app/format.ts";
import type { TableRow } from "#app/tables/table.ts";
import { numberIn, textIn } from "./row-cells.ts";

export interface OutcomeIntervalsProps {
  rows: readonly TableRow[];
  /**
   * Columns of the table; the interval is in `<share>_low` and `<share>_high`. `count` is what stands beside the
   * label; without it, the n of the row.
   */
  keys: { label: string; share: string; n: string; count?: string };
  /** What the share is of: "of resolved cases were restored". Printed under the axis. */
  measure: string;
}

/** A point and its 95 % interval a row. Few cases are greyed, and fewer than five show only their number. */
export function OutcomeIntervals({ rows, keys, measure }: OutcomeIntervalsProps) {
  const highest = Math.max(0.1, ...rows.filter((row) => isShown(row, keys)).map((row) => highOf(row, keys)));
  const scale = scaleLinear([0, Math.min(1, highest)], [0, 100]).nice(4);
  const ticks = scale.ticks(4);
  return (
    <div className="intervals">
      <ol>
        {rows.map((row) => (
          <IntervalRow key={row.href ?? textIn(row, keys.label)} {...{ row, keys, ticks }} x={scale} />
        ))}
      </ol>
      <div className="interval-row interval-axis small soft" aria-hidden="true">
        <span className="interval-track">
          {ticks.map((tick) => (
            <span key={tick} style={{ left: `${scale(tick)}%` }}>
              {Math.round(tick * 100)}%
            </span>
          ))}
        </span>
      </div>
      <p className="small soft">
        {measure}. The line is the 95% interval; grey rests on fewer than ten cases.
      </p>
    </div>
  );
}

type Keys = OutcomeIntervalsProps["keys"];

interface IntervalRowProps {
  row: TableRow;
  keys: Keys;
  ticks: readonly number[];
  x: (share: number) => number;
}

function IntervalRow({ row, keys, ticks, x }: IntervalRowProps) {
  const n = numberIn(row, keys.n) ?? 0;
  const label = textIn(row, keys.label) ?? unknown;
  return (
    <li className="interval-row" data-few={n < fewestForInk || undefined} data-tone={row.tone}>
      <span className="interval-label">
        {row.href === undefined ? label : <a href={row.href}>{label}</a>}
        <span className="small soft">
          {" "}
          {keys.count === undefined ? `n = ${countText(n)}` : counted(numberIn(row, keys.count) ?? 0, "case")}
        </span>
      </span>
      <span className="interval-track">
        {ticks.map((tick) => (
          <span key={tick} className="interval-grid" style={{ left: `${x(tick)}%` }} />
        ))}
        {isShown(row, keys) && <Whisker {...{ row, keys, x }} />}
      </span>
      <span className="interval-text">{intervalText(row, keys, n)}</span>
    </li>
  );
}

function Whisker({ row, keys, x }: Omit<IntervalRowProps, "ticks">) {
  const [low, high] = [lowOf(row, keys), highOf(row, keys)];
  return (
    <>
      <span className="interval-line" style={{ left: `${x(low)}%`, width: `${x(high) - x(low)}%` }} />
      <span className="interval-point" style={{ left: `${x(numberIn(row, keys.share) ?? 0)}%` }} />
    </>
  );
}

function intervalText(row: TableRow, keys: Keys, n: number) {
  if (!isShown(row, keys)) return <span className="soft small">{n === 0 ? "no cases" : "too few"}</span>;
  return (
    <>
      {shareText(numberIn(row, keys.share), n)}{" "}
      <span className="interval">({rangeText(lowOf(row, keys), highOf(row, keys))})</span>
    </>
  );
}

function isShown(row: TableRow, keys: Keys): boolean {
  return numberIn(row, keys.share) !== null && (numberIn(row, keys.n) ?? 0) >= fewestForShare;
}

/** Without an interval the point stands alone. */
function lowOf(row: TableRow, keys: Keys): number {
  return numberIn(row, `${keys.share}_low`) ?? numberIn(row, keys.share) ?? 0;
}

function highOf(row: TableRow, keys: Keys): number {
  return numberIn(row, `${keys.share}_high`) ?? numberIn(row, keys.share) ?? 0;
}
