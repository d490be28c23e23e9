import { betaQuantile } from "./beta.ts";
import type { Interval } from "./interval.ts";

/**
 * Exact 95 % interval of a share, two-sided: it holds the true share at least 95 times in 100, whatever that is, and
 * is wider than Wilson's for it. `null` when there is nothing to take a share of (`n` = 0).
 * Source: Clopper & Pearson 1934; limits by beta quantiles, as R's `binom.test`. Cost: two beta quantiles.
 * @param hits cases with the property, a whole number 0..n
 * @param n cases in all, a whole number
 */
export function clopperPearson(hits: number, n: number): Interval | null {
  if (!(Number.isInteger(hits) && Number.isInteger(n) && hits >= 0 && hits <= n))
    throw new RangeError(`clopperPearson: expected whole numbers 0 <= hits <= n, got ${hits} of ${n}`);
  if (n === 0) return null;
  return {
    low: hits === 0 ? 0 : betaQuantile(0.025, hits, n - hits + 1),
    high: hits === n ? 1 : betaQuantile(0.975, hits + 1, n - hits),
  };
}
