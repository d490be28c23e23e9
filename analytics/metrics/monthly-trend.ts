import { bisectRight } from "d3-array";
import { type Category, categories } from "../case.ts";
import type { Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { type Day, type Period, monthsOf } from "../period.ts";

export interface TrendMonth {
  month: Period;
  /** False where the data do not reach the month's end, or the period cuts it: not to be compared. */
  complete: boolean;
  total: number;
  /** Cases by category of their cause; `unclassified` also holds the cases without a cause. */
  byCategory: Record<Category | "unclassified", number>;
}

/**
 * Cases a month, by incidence day, over every month that the period touches; a month without a case is 0.
 * @param completeUntil end (exclusive) of the last month that the data cover whole
 */
export function monthlyTrend(facts: Facts, rows: Selection, period: Period, completeUntil: Day): TrendMonth[] {
  const months = monthsOf(period).map(
    (month): TrendMonth => ({
      month,
      complete: month.end <= completeUntil && month.start >= period.start && month.end <= period.end,
      total: 0,
      byCategory: { product: 0, process: 0, staff_training: 0, unclassified: 0 },
    }),
  );
  const starts = months.map(({ month }) => month.start);
  for (const row of rows) {
    const month = months[bisectRight(starts, facts.incidenceDay[row] ?? 0) - 1];
    if (month === undefined) continue;
    month.total += 1;
    month.byCategory[categories[(facts.codes.category[row] ?? 0) - 1] ?? "unclassified"] += 1;
  }
  return months;
}
