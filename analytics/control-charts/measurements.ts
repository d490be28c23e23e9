import { bisectLeft } from "d3-array";
import type { Day, Period } from "../period.ts";
import type { ChartKind } from "./choose-chart.ts";
import { type CountOf, rateOf } from "./laney-limits.ts";

/** A month of a chart: whole, complete, next to the one before it. */
export interface ChartMonth {
  month: Period;
  /** False where the data say nothing of it: a gap in the chart, and no zero. */
  isMeasured: boolean;
  /** Opportunities or exposure of the month; `null`: not known. */
  of: number | null;
}

/** What a chart draws at one place, before it has limits. */
export interface Measurement extends CountOf {
  /** A month; or from the day of a case to the day of the next one. */
  span: Period;
  /** Cases, rate, share, days or opportunities, by the kind of the chart; `null`: not measured. */
  value: number | null;
  /** The last case's gap goes on: its value can only grow. */
  isOpen: boolean;
}

/**
 * The values of a chart of a kind: one a month, or one from each case to the next and a last, open one to the end of
 * the months. What touches a month that is not measured is `null`.
 * Opportunities between two cases are taken as spread evenly over the days of their months, and the case itself is none.
 * Cost: one search a month, and for `t` and `g` one pass over the months a case.
 * @param caseDays ascending; those outside the months are left out
 */
export function measurements(
  kind: ChartKind,
  months: readonly ChartMonth[],
  caseDays: readonly Day[],
): Measurement[] {
  if (kind === "t" || kind === "g") return betweenCases(kind, months, caseDays);
  return months.map(({ month, isMeasured, of }) => {
    const count = isMeasured ? casesInPeriod(month, caseDays) : null;
    const value = kind === "xmr" ? count : rateOf({ count, of });
    return { span: month, count, of, value, isOpen: false };
  });
}

/** Cases of a period, of days in ascending order. */
export function casesInPeriod({ start, end }: Period, caseDays: readonly Day[]): number {
  return bisectLeft(caseDays, end) - bisectLeft(caseDays, start);
}

function betweenCases(
  kind: "t" | "g",
  months: readonly ChartMonth[],
  caseDays: readonly Day[],
): Measurement[] {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return [];
  const days = caseDays.filter((day) => day >= first.month.start && day < last.month.end);
  return days.map((start, i) => {
    const isOpen = i === days.length - 1;
    const span = { start, end: days[i + 1] ?? last.month.end };
    const value = kind === "t" ? daysOf(span, months) : opportunitiesWithin(span, months);
    return { span, count: null, of: null, value, isOpen };
  });
}

function daysOf(span: Period, months: readonly ChartMonth[]): number | null {
  const isKnown = touching(span, months).every(({ isMeasured }) => isMeasured);
  return isKnown ? span.end - span.start : null;
}

function opportunitiesWithin(span: Period, months: readonly ChartMonth[]): number | null {
  let sum = 0;
  for (const { month, isMeasured, of } of touching(span, months)) {
    if (!isMeasured || of === null) return null;
    const days = Math.min(span.end, month.end) - Math.max(span.start, month.start);
    sum += (of * days) / (month.end - month.start);
  }
  return Math.max(0, sum - 1);
}

function touching(span: Period, months: readonly ChartMonth[]): ChartMonth[] {
  return months.filter(({ month }) => month.start < span.end && month.end > span.start);
}
