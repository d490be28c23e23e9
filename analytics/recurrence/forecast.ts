import { gammaQuantile } from "../statistics/gamma.ts";
import type { Interval } from "../statistics/interval.ts";
import { type NegativeBinomial, negativeBinomialQuantile } from "../statistics/negative-binomial.ts";
import type { RecurrencePrior } from "./prior.ts";
import type { RecentCases } from "./recency.ts";

/** Will it happen again? For one cause and the days to come. */
export interface Forecast {
  /** Cases, in the mean. */
  expected: number;
  /** Whole numbers of cases that hold the count to come with at least 95 %. */
  counts: Interval;
  /** Probability of at least one case, 0 to 1. */
  atLeastOne: number;
  /** What that probability would be at the ends of the 95 % interval of the rate. */
  atLeastOneBetween: Interval;
  /** The whole distribution of the count: it does not come back with `oneOff`, else it is negative binomial. */
  oneOff: number;
  recurring: NegativeBinomial;
}

/** The days that a forecast is for. */
export interface Horizon {
  /** > 0. */
  days: number;
  /** Variance over mean of counts of so many days at one rate, >= 1. */
  dispersion: number;
}

/**
 * The count to come of one cause: its rate is gamma distributed with what is known of all causes and what was seen of
 * this one, so the count is negative binomial; a cause that was seen once is a one-off with the prior's probability.
 * Where counts vary more than a Poisson's, what was seen weighs less by the dispersion, and the count to come is the
 * negative binomial with the mean and variance that both sources give: mean * (dispersion + odds of the rate).
 * Source: Gelman et al., Bayesian Data Analysis (3rd ed. 2013), section 2.6; Wedderburn 1974 (the weight of evidence).
 * @param seen the cause's cases and days, weighted
 * @param once whether it was seen a single time in its whole history
 */
export function recurrenceForecast(
  prior: RecurrencePrior,
  seen: RecentCases,
  once: boolean,
  { days, dispersion }: Horizon,
): Forecast {
  if (!(days > 0 && dispersion >= 1))
    throw new RangeError(
      `recurrenceForecast: expected days > 0 and a dispersion >= 1, got ${days} and ${dispersion}`,
    );
  const shape = prior.shape + seen.cases / dispersion;
  const oddsOfRate = days / (prior.rate + seen.days / dispersion);
  const mean = shape * oddsOfRate;
  const odds = dispersion - 1 + oddsOfRate;
  const recurring: NegativeBinomial = { size: mean / odds, odds };
  /** Minus the log of the probability of no case, a case expected at a known rate: 1 where counts are Poisson's. */
  const certainty = dispersion === 1 ? 1 : Math.log(dispersion) / (dispersion - 1);
  const oneOff = once ? prior.onceIsOneOff : 0;
  const comes = 1 - oneOff;
  /** The quantile of the whole, by the one of the part that recurs; 0 where the one-offs alone reach it. */
  const quantile = (p: number, ofRecurring: (p: number) => number) =>
    p <= oneOff ? 0 : ofRecurring((p - oneOff) / comes);
  const countAt = (p: number) => quantile(p, (q) => negativeBinomialQuantile(recurring, q));
  const atLeastOneAt = (p: number) =>
    quantile(p, (q) => -Math.expm1(-gammaQuantile(q, shape) * oddsOfRate * certainty));
  return {
    expected: comes * mean,
    counts: { low: countAt(0.025), high: countAt(0.975) },
    atLeastOne: comes * -Math.expm1(-recurring.size * Math.log1p(odds)),
    atLeastOneBetween: { low: atLeastOneAt(0.025), high: atLeastOneAt(0.975) },
    oneOff,
    recurring,
  };
}
