import { type Category, categories } from "../case.ts";
import type { Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { monthsOf, type Period } from "../period.ts";

export interface TrendMonth {
  month: Period;
  /** False where the data do not reach the month's end, or the period cuts it: not to be compared. */
  complete: boolean;
  total: number;
  /** Cases by category of their cause; `unclassified` also holds the cases without a cause. */
  byCategory: Record<Category | "unclassified", number>;
}

/**
 * Cases a month, by incidence day, over every month that the period and the data both touch; a month without a case
 * is 0. Months before the first case or after the data's end are not measured, which is not zero: they are left out.
 * @param rows of the incidence cohort, so in the order of their day
 * @param measured from the first day that the data reach to the end of the last month that they cover whole
 */
export function monthlyTrend(facts: Facts, rows: Selection, period: Period, measured: Period): TrendMonth[] {
  const lastDay = facts.incidenceDay.at(-1) ?? measured.end - 1;
  const shown: Period = {
    start: Math.max(period.start, measured.start),
    end: Math.min(period.end, Math.max(measured.end, lastDay + 1)),
  };
  const within = ({ start, end }: Period, whole: Period) => start >= whole.start && end <= whole.end;
  const months = monthsOf(shown).map(
    (month): TrendMonth => ({
      month,
      complete: within(month, measured) && within(month, period),
      total: 0,
      byCategory: { product: 0, process: 0, staff_training: 0, unclassified: 0 },
    }),
  );
  let at = 0;
  for (const row of rows) {
    const day = facts.incidenceDay[row] ?? 0;
    while (at < months.length && day >= (months[at]?.month.end ?? 0)) at++;
    const month = months[at];
    if (month === undefined) break;
    month.total += 1;
    month.byCategory[categories[(facts.codes.category[row] ?? 0) - 1] ?? "unclassified"] += 1;
  }
  return months;
}
