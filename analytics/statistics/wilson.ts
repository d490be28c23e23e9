import { type Interval, z95 } from "./interval.ts";

/**
 * Wilson score interval of a share, 95 % two-sided, without continuity correction.
 * `null` when there is nothing to take a share of (`n` = 0).
 * Source: Wilson 1927; Public Health England, Technical Guide: Confidence Intervals (2018), section 3.
 * @param hits cases with the property, 0..n
 * @param n cases in all
 */
export function wilson(hits: number, n: number): Interval | null {
  if (!(hits >= 0 && hits <= n)) throw new RangeError(`wilson: expected 0 <= hits <= n, got ${hits} of ${n}`);
  if (n === 0) return null;
  const share = hits / n;
  const z2 = z95 * z95;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: hits === 0 ? 0 : centre - half, high: hits === n ? 1 : centre + half };
}
