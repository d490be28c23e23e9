import { type Exposure, exposureIn } from "../metrics/exposure.ts";
import type { Day, Period } from "../period.ts";

/**
 * The exposure of each week of a period of whole weeks, oldest first, beside `weeklyCounts`; `null` where any day of a week is
 * unknown, since a week of six days would look like one in which more went wrong. Cost: the days of the period.
 */
export function weeklyExposure(exposure: Exposure, { start, end }: Period): (number | null)[] {
  if (!Number.isInteger((end - start) / 7) || end < start)
    throw new RangeError(`weeklyExposure: expected a period of whole weeks, got ${start} to ${end}`);
  return Array.from({ length: (end - start) / 7 }, (_, week) =>
    exposureIn(exposure, { start: start + 7 * week, end: start + 7 * (week + 1) }),
  );
}

/**
 * The whole weeks that lead up to a day and whose exposure is known and more than 0, as a period that ends with it: so far back a
 * rate by exposure can be told. Cost: the days of the period.
 */
export function exposedWeeksBefore(exposure: Exposure, { start, end }: Period): Period {
  let from = end;
  while (from - 7 >= start && (exposureIn(exposure, { start: from - 7, end: from }) ?? 0) > 0) from -= 7;
  return { start: from, end };
}

/**
 * The end of a period, or of the whole weeks from its start whose exposure is known and more than 0, where one of them is not.
 * Cost: the days of the period.
 */
export function exposedUntil(exposure: Exposure, { start, end }: Period): Day {
  let until = start;
  while (until + 7 <= end && (exposureIn(exposure, { start: until, end: until + 7 }) ?? 0) > 0) until += 7;
  return until + 7 <= end ? until : end;
}
