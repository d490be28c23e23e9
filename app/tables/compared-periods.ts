import { FilterError } from "#analytics/filter/filter.ts";
import { floorMonth, formatDay, monthsBefore, monthsOf, type Period } from "#analytics/period.ts";

/** What a review puts beside a period. */
export interface ComparedPeriods {
  /** The months that the period has, and `before` too. */
  months: number;
  before: Period;
  yearAgo: Period;
}

/**
 * The period before and the same one a year earlier.
 * @throws FilterError where the period is not made of whole months, since no earlier one then is its like
 */
export function comparedPeriods(period: Period): ComparedPeriods {
  const isWhole = floorMonth(period.start) === period.start && floorMonth(period.end) === period.end;
  if (!isWhole || period.end <= period.start)
    throw new FilterError(
      `The days from ${formatDay(period.start)} to ${formatDay(period.end - 1)} are not whole months, and only whole ` +
        "months are compared with those before. Expected a month (2026-05), a quarter (2026-Q2) or a year (2026).",
    );
  const months = monthsOf(period).length;
  return { months, before: monthsBefore(period, months), yearAgo: monthsBefore(period, 12) };
}

/** Said of every source whose month counts are an artefact of how its extract was cut. */
export const notComparable =
  "Month counts of this source come from how the extract was cut: periods are not compared.";

/** Said where the data begin or end within one of the two periods. */
export const notCovered =
  "The data do not cover this period and the one before whole: they are not compared.";
