import { betaQuantile, betaTails } from "./beta.ts";
import type { Interval } from "./interval.ts";

export interface RateRatio {
  /** After / before, per exposure; `null` when nothing was seen before. */
  ratio: number | null;
  /** 95 % two-sided; `high` is Infinity when nothing was seen before. */
  interval: Interval;
  /** Two-sided p of "the rates are equal": twice the smaller tail, at most 1. */
  p: number;
}

/**
 * Ratio of two Poisson rates, exact, conditional on their sum: given `before + after` cases in all, the cases
 * after are binomial, so the interval is Clopper-Pearson's on that share, turned into odds.
 * `null` when no case was seen on either side: nothing can be said. The p is twice the smaller tail, so that it is at
 * most 0.05 exactly where the interval leaves out 1; R's `poisson.test` has the same interval, but sums as its p all
 * outcomes that are as unlikely, and the two can contradict each other.
 * Counts that vary more than a Poisson's are given divided by their dispersion (`overDispersion`): the ratio stays,
 * interval and p are those of so many fewer cases (quasi-likelihood).
 * Source: Przyborowski & Wilenski 1940; Clopper & Pearson 1934. Cost: two beta quantiles and two tails.
 * @param before cases in the earlier window, >= 0
 * @param after cases in the later window, >= 0
 * @param exposureBefore days, orders or contacts of the earlier window, > 0
 * @param exposureAfter the same of the later one
 */
export function rateRatio(
  before: number,
  after: number,
  exposureBefore: number,
  exposureAfter: number,
): RateRatio | null {
  if (!(exposureBefore > 0 && exposureAfter > 0))
    throw new RangeError(`rateRatio: expected exposures > 0, got ${exposureBefore} and ${exposureAfter}`);
  if (!(before >= 0 && after >= 0))
    throw new RangeError(`rateRatio: expected counts >= 0, got ${before} and ${after}`);
  const total = before + after;
  if (total === 0) return null;
  const scale = exposureBefore / exposureAfter;
  const expectedShare = exposureAfter / (exposureBefore + exposureAfter);
  const low = after === 0 ? 0 : betaQuantile(0.025, after, before + 1);
  const high = before === 0 ? 1 : betaQuantile(0.975, after + 1, before);
  return {
    ratio: before === 0 ? null : (after / before) * scale,
    interval: { low: (low / (1 - low)) * scale, high: high === 1 ? Infinity : (high / (1 - high)) * scale },
    p: twoSidedBinomial(after, total, expectedShare),
  };
}

/** Twice the smaller tail of Binomial(n, share) at k, at most 1. */
function twoSidedBinomial(k: number, n: number, share: number): number {
  const atMost = k === n ? 1 : betaTails(share, k + 1, n - k).upper;
  const atLeast = k === 0 ? 1 : betaTails(share, k, n - k + 1).lower;
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}
