import { bisector } from "d3-array";
import { type Category, categories } from "../case.ts";
import { categoryCode, type Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { type Day, monthsOf, type Period } from "../period.ts";
import { countByCode } from "./counts.ts";

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
  const months = monthsOf(shown).map((month) => ({
    month,
    complete: within(month, measured) && within(month, period),
  }));
  return months.map(({ month, complete }): TrendMonth => {
    const [from, to] = [month.start, month.end].map((day) => firstFrom(facts, rows, day));
    const inMonth = rows.subarray(from, to);
    const counts = countByCode(facts.codes.category, inMonth, 1 + categories.length);
    return {
      month,
      complete,
      total: inMonth.length,
      byCategory: {
        product: counts[categoryCode("product")]!,
        process: counts[categoryCode("process")]!,
        staff_training: counts[categoryCode("staff_training")]!,
        unclassified: counts[0]!,
      },
    };
  });
}

/** The index of the first row that happened on a day or later. */
function firstFrom({ incidenceDay }: Facts, rows: Selection, day: Day): number {
  return bisector((row: number) => incidenceDay[row]!).left(rows, day);
}
