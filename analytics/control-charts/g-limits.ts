import { type Limits, limitsAround } from "./limits.ts";

/**
 * Limits of the g chart, for opportunities between rare cases (orders without a complaint until the next with one):
 * mean g, sigma sqrt(g (g + 1)) of the geometric distribution, not below 0. The centre line is its median, ln 2 times
 * the mean, for that is what half of the points lie above. A high point is good news.
 * `null` where nothing is measured, or the mean is 0: every opportunity was a case.
 * Source: Benneyan 2001, Health Care Management Science 4, 305-318. Cost: one pass.
 * @param baseline opportunities without a case before each case, >= 0; `null` is a gap that is not measured
 */
export function gLimits(baseline: readonly (number | null)[]): Limits | null {
  const measured = baseline.filter((value) => value !== null);
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  if (!(mean > 0)) return null;
  return { ...limitsAround(mean, Math.sqrt(mean * (mean + 1)), 0), centre: Math.LN2 * mean };
}
