import type { Interval } from "../statistics/interval.ts";
import { rateRatio } from "../statistics/rate-ratio.ts";

/** The cases of one window, and what they are counted against. */
export interface Side {
  cases: number;
  /** Weeks, orders or contacts times the share of cases that was captured, > 0. */
  exposure: number;
}

/** A rate after a fix over that before it. */
export interface RateChange {
  /** `null` when nothing was seen before. */
  ratio: number | null;
  /** 95 % two-sided. */
  interval: Interval;
}

/**
 * The ratio of two rates with its exact conditional interval, over-dispersed counts taken as `cases / dispersion` independent
 * ones (an effective sample size). `null` when no case was seen on either side.
 * Source: Przyborowski & Wilenski 1940 by `rateRatio`; quasi-likelihood, Wedderburn 1974. Cost: two beta quantiles.
 * @param dispersion >= 1
 */
export function rateChange(before: Side, after: Side, dispersion: number): RateChange | null {
  if (!(dispersion >= 1)) throw new RangeError(`rateChange: expected dispersion >= 1, got ${dispersion}`);
  const change = rateRatio(
    before.cases / dispersion,
    after.cases / dispersion,
    before.exposure,
    after.exposure,
  );
  return change && { ratio: change.ratio, interval: change.interval };
}
