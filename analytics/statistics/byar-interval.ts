import { type Interval, z95 } from "./interval.ts";

/**
 * Byar's approximate 95 % interval of the mean of a Poisson count: without a quantile, and from 10 cases on within 0.2 %
 * of the exact one (`poissonInterval`, which is for fewer).
 * Source: Breslow & Day 1987, vol. II, formula 2.8; Public Health England, Technical Guide: Confidence Intervals (2018).
 * @param count cases seen, a whole number >= 0
 */
export function byarInterval(count: number): Interval {
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`byarInterval: expected a whole number >= 0, got ${count}`);
  return { low: count === 0 ? 0 : limit(count, -z95), high: limit(count + 1, z95) };
}

/** The cube root of a Poisson count is nearly normal (Wilson & Hilferty 1931). */
function limit(count: number, z: number): number {
  return count * (1 - 1 / (9 * count) + z / (3 * Math.sqrt(count))) ** 3;
}
