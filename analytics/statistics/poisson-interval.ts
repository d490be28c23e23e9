import { gammaQuantile } from "./gamma.ts";
import type { Interval } from "./interval.ts";

/**
 * Exact 95 % interval of the mean of a Poisson count, by gamma quantiles (half of chi-square's with twice the degrees of freedom).
 * Source: Garwood 1936; Public Health England, Technical Guide: Confidence Intervals (2018), section 2.
 * @param count cases seen, a whole number >= 0
 */
export function poissonInterval(count: number): Interval {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`poissonInterval: expected a whole number >= 0, got ${count}`);
  return {
    low: count === 0 ? 0 : gammaQuantile(0.025, count),
    high: gammaQuantile(0.975, count + 1),
  };
}
