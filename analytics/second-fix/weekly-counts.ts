import type { Day, Period } from "../period.ts";

/**
 * How many of the days lie in each week of a period of whole weeks, oldest first. Days outside it are left out, and so are
 * those that are unknown; a week without any is 0. Cost: one pass.
 * @param days incidence days of cases, in any order; NaN where unknown
 */
export function weeklyCounts(days: Iterable<Day>, { start, end }: Period): number[] {
  if (!Number.isInteger((end - start) / 7) || end < start)
    throw new RangeError(`weeklyCounts: expected a period of whole weeks, got ${start} to ${end}`);
  const counts = Array.from({ length: (end - start) / 7 }, () => 0);
  for (const day of days) if (day >= start && day < end) counts[Math.floor((day - start) / 7)]!++;
  return counts;
}
