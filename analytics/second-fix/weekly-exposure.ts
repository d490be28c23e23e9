import { type Exposure, exposureIn } from "../metrics/exposure.ts";
import type { Period } from "../period.ts";

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
