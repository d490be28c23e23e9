/** The probabilities of the counts `first`, `first` + 1, … ; those left out are below 1e-17 of the greatest. */
export interface CountDistribution {
  first: number;
  probabilities: Float64Array;
}

/**
 * The distribution of a count by its mean and its variance: negative binomial, Poisson where the variance is no greater.
 * From the mode outwards by the ratio of neighbours, so that no mean is too large; relative error some 1e-13.
 * Source: Johnson, Kemp & Kotz, Univariate Discrete Distributions (2005), sections 4.2 and 5.1. Cost: some 20 standard deviations.
 * @param mean >= 0
 */
export function countDistribution(mean: number, variance: number): CountDistribution {
  if (!(mean >= 0 && variance >= 0))
    throw new RangeError(`countDistribution: expected mean and variance >= 0, got ${mean} and ${variance}`);
  if (mean === 0) return { first: 0, probabilities: Float64Array.of(1) };
  const excess = Math.max(0, variance - mean) / (mean * mean);
  const step = (k: number) => ((1 + (k - 1) * excess) * mean) / ((1 + mean * excess) * k); // P(k) / P(k - 1)
  const mode = Math.max(0, Math.floor(mean * (1 - excess)));
  const below: number[] = [];
  for (let k = mode, p = 1; k > 0 && p > 1e-17; k--) below.push((p /= step(k)));
  const above: number[] = [];
  for (let k = mode + 1, p = 1; p > 1e-17; k++) above.push((p *= step(k)));
  const weights = Float64Array.from([...below.toReversed(), 1, ...above]);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first: mode - below.length, probabilities: weights.map((weight) => weight / sum) };
}
