import { type Limits, limitsAround } from "./limits.ts";
import { movingRange, sigmaPerMeanRange } from "./moving-range.ts";

/**
 * Limits of the XmR (individuals) chart: the mean, and 2.66 mean moving ranges on either side of it, not below 0.
 * `null` where the baseline does not tell how much it varies (`movingRange`).
 * Source: Shewhart; NHS England, Making Data Count. Cost: one pass.
 * @param baseline values of the baseline in the order of time, >= 0; `null` is a gap
 */
export function xmrLimits(baseline: readonly (number | null)[]): Limits | null {
  const found = movingRange(baseline);
  return found && limitsAround(found.mean, found.meanRange * sigmaPerMeanRange, 0);
}
