import type { Limits } from "./limits.ts";
import { movingRange, sigmaPerMeanRange } from "./moving-range.ts";

/**
 * Limits of the t chart, for days between rare cases: limits of an XmR chart of the gaps to the power 1/3.6, which
 * makes exponential gaps nearly normal, brought back to days. A high point is good news: it took long until the next.
 * `null` where the baseline does not tell how much it varies (`movingRange`).
 * Source: Nelson 1994, Journal of Quality Technology 26(3), 239-240. Cost: one pass.
 * @param baseline days between one case and the next, >= 0, in the order of time; `null` is a gap that is not measured
 */
export function tLimits(baseline: readonly (number | null)[]): Limits | null {
  const found = movingRange(baseline.map((days) => (days === null ? null : days ** (1 / nelson))));
  if (found === null) return null;
  const sigma = found.meanRange * sigmaPerMeanRange;
  const daysAt = (sigmas: number) => Math.max(0, found.mean + sigmas * sigma) ** nelson;
  return {
    centre: daysAt(0),
    low: daysAt(-3),
    high: daysAt(3),
    nearLow: daysAt(-2),
    nearHigh: daysAt(2),
  };
}

const nelson = 3.6;
