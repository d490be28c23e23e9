import type { RegressionWatch } from "./regression-watch.ts";

/**
 * The first week, as an index, in which a verified fix shows that its cause has come back (`regressed`); `null` while it holds. Each
 * week is measured against its own exposure. Source: Lucas 1985. Cost: one pass.
 * @param counts cases by week since the window's end, oldest first
 * @param exposures of the same weeks, times the share that was captured
 */
export function regressedIn(
  counts: readonly number[],
  exposures: readonly number[],
  { perCase, perWeek, limit, exposurePerWeek }: RegressionWatch,
): number | null {
  if (counts.length !== exposures.length)
    throw new RangeError(
      `regressedIn: expected as many exposures as counts, got ${exposures.length} and ${counts.length}`,
    );
  let sum = 0;
  for (let week = 0; week < counts.length; week++) {
    sum = Math.max(0, sum + perCase * counts[week]! - (perWeek * exposures[week]!) / exposurePerWeek);
    if (sum >= limit) return week;
  }
  return null;
}
