import { scaleLinear } from "d3-scale";
import type { TableRow } from "#app/tables/table.ts";
import { numberIn, textIn } from "./row-cells.ts";

/** One line of a trend: a column of the table. */
export interface TrendSeries {
  /** Column of the values. */
  key: string;
  label: string;
  /** A colour token: `categoryColour("product")`, `"var(--mark)"`. */
  colour: string;
}

/** Something that happened on a day: a second fix. */
export interface TrendMark {
  /** `YYYY-MM-DD`. */
  date: string;
  label: string;
}

export interface TrendProps {
  /** A row a month, oldest first, no month left out: a month without cases holds 0, one not measured `null`. */
  rows: readonly TableRow[];
  /** Column of the month, `YYYY-MM` or its first day. */
  month: string;
  series: readonly TrendSeries[];
  /** What the picture shows, for who cannot see it. */
  label: string;
  /** Text of a value. */
  format: (value: number | null) => string;
  marks?: readonly TrendMark[];
  /** The first month that is not over yet (`YYYY-MM`): hatched, and its part of the line dashed. */
  incompleteFrom?: string | undefined;
}

/** Height of the plot in px: before, while and after the interactive lines arrive. */
export const plotHeight = 220;
/** Two labels at the ends of lines are at least so far apart, in px. */
const labelGap = 20;

export interface TrendGeometry {
  months: string[];
  /** Top of the scale. */
  highest: number;
  yTicks: number[];
  /** Index of the first incomplete month; the number of months when all are complete. */
  incomplete: number;
  /** A month's middle and a value, in percent of the plot from its left and from its top. */
  x: (index: number) => number;
  y: (value: number) => number;
}

/** Places everything in percent, so that the plot is drawn once and fits every width. */
export function trendGeometry({ rows, month, series, incompleteFrom }: TrendProps): TrendGeometry {
  const months = rows.map((row) => (textIn(row, month) ?? "").slice(0, 7));
  const values = rows.flatMap((row) => series.map(({ key }) => numberIn(row, key) ?? 0));
  const scale = scaleLinear([0, Math.max(1, ...values)], [100, 0]).nice(4);
  const [, highest = 1] = scale.domain();
  const firstOpen = incompleteFrom === undefined ? -1 : months.findIndex((m) => m >= incompleteFrom);
  return {
    months,
    highest,
    // Counts have no halves: a scale up to 1 or 2 keeps whole steps.
    yTicks: scale.ticks(4).filter((tick) => Number.isInteger(tick) || highest < 1),
    incomplete: firstOpen === -1 ? months.length : firstOpen,
    x: (index) => (100 * (index + 0.5)) / months.length,
    y: scale,
  };
}

/** Where a day stands, in percent of the plot; `null` when it is in none of the months. */
export function datePosition(months: readonly string[], date: string): number | null {
  const index = months.indexOf(date.slice(0, 7));
  if (index === -1) return null;
  const [year = 0, month = 0, day = 1] = date.split("-").map(Number);
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return (100 * (index + (day - 1) / daysInMonth)) / months.length;
}

export interface MonthTick {
  index: number;
  month: string;
  withYear: boolean;
  /** Left out where the page is narrow. */
  minor: boolean;
}

/** The months that carry a label: all of a short trend, quarters of a longer one, years of a long one. */
export function monthTicks(months: readonly string[]): MonthTick[] {
  const step = months.length <= 8 ? 1 : months.length <= 30 ? 3 : 12;
  const labelled = months
    .map((month, index) => ({ month, index, number: Number(month.slice(5)) }))
    .filter(({ number }) => (number - 1) % step === 0);
  return labelled.map(({ month, index, number }, position) => ({
    month,
    index,
    withYear: position === 0 || number === 1,
    minor: step === 3 && number % 6 !== 1,
  }));
}

export interface EndLabel {
  series: TrendSeries;
  value: number;
  /** Px from the top of the plot. */
  top: number;
}

/** A label at the end of each line, at the height of its last complete value, moved apart where they would touch. */
export function endLabels({ rows, series }: TrendProps, geometry: TrendGeometry): EndLabel[] {
  const complete = rows.slice(0, Math.max(1, geometry.incomplete));
  const labels = series.flatMap((entry) => {
    const last = complete.findLast((row) => numberIn(row, entry.key) !== null);
    const value = last === undefined ? null : numberIn(last, entry.key);
    return value === null ? [] : [{ series: entry, value, top: (geometry.y(value) / 100) * plotHeight }];
  });
  return spread(
    labels.sort((a, b) => a.top - b.top),
    plotHeight,
  );
}

/**
 * Pushes labels down until none touches the one above it, then up again from the bottom of the plot.
 * @param labels from the top down, in px
 */
export function spread<Label extends { top: number }>(labels: readonly Label[], height: number): Label[] {
  const tops = labels.map(({ top }) => top);
  for (let i = 1; i < tops.length; i++) tops[i] = Math.max(tops[i] ?? 0, (tops[i - 1] ?? 0) + labelGap);
  for (let i = tops.length - 1; i >= 0; i--)
    tops[i] = Math.min(tops[i] ?? 0, i === tops.length - 1 ? height : (tops[i + 1] ?? 0) - labelGap);
  return labels.map((label, i) => ({ ...label, top: tops[i] ?? 0 }));
}
