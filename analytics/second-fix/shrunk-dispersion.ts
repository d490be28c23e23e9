import { betaQuantile } from "../statistics/beta.ts";
import { z95 } from "../statistics/interval.ts";
import type { Noise } from "./noise.ts";
import type { NoisePrior } from "./noise-prior.ts";

/**
 * By how much the variance of a sum of weeks exceeds Poisson's, >= 1: the dispersion of the weeks times what the correlation of
 * neighbours adds over a long window, each the cause's own shrunk towards what the causes share, and widened for being
 * an estimate itself (Student's quantile for the normal one). Below 1 both count as Poisson: calm is not rewarded.
 * `null` where neither the cause nor the others have a series to tell it by.
 * Source: quasi-likelihood, Wedderburn 1974; Smyth 2004; sum of a first-order autoregression, (1 + r) / (1 - r).
 * @param own around what was expected of each week of the baseline
 */
export function shrunkDispersion(own: Noise | null, prior: NoisePrior | null): number | null {
  if (own === null && prior === null) return null;
  const degrees = (own?.degrees ?? 0) + (prior?.degrees ?? 0);
  const dispersion =
    ((own?.degrees ?? 0) * (own?.dispersion ?? 0) + (prior?.degrees ?? 0) * (prior?.dispersion ?? 0)) /
    degrees;
  const correlation = Math.max(0, shrunkCorrelation(own, prior));
  const longRun = Math.max(1, dispersion) * ((1 + correlation) / (1 - correlation));
  return longRun * (student95(degrees) / z95) ** 2;
}

function shrunkCorrelation(own: Noise | null, prior: NoisePrior | null): number {
  if (own === null) return prior?.correlation ?? 0;
  if (prior === null) return own.correlation;
  const weight = prior.correlationVariance / (prior.correlationVariance + 1 / own.weeks);
  return weight * own.correlation + (1 - weight) * prior.correlation;
}

/** The 97.5 % quantile of Student's t. */
function student95(degrees: number): number {
  const x = betaQuantile(0.05, degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}
