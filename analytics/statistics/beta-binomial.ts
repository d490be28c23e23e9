import { type BinomialTails, binomialTails } from "./binomial-tails.ts";

/**
 * The tails of how many of n cases fall to one who is expected to have a share of them, where cases come in bursts: the
 * counts are negative binomial, each of a variance `dispersion` times its mean, and their sum is n. That is the
 * beta-binomial distribution of the sizes n share / (dispersion - 1) and n (1 - share) / (dispersion - 1); at 1 the binomial one.
 * From the mean outwards by the ratio of neighbours, up to terms of 1e-30 of the mean's; relative error some 1e-13 of tails
 * above 1e-16.
 * Source: Skellam 1948 (beta-binomial); its urn, Eggenberger & Pólya 1923; scipy's `betabinom`. Cost: n at most, then none a tail.
 * @param n whole number, 0 and more
 * @param share 0 < share < 1
 * @param dispersion >= 1
 * @returns the tails of a whole number, 0..n
 */
export function betaBinomialTails(
  n: number,
  share: number,
  dispersion: number,
): (k: number) => BinomialTails {
  if (!(dispersion >= 1))
    throw new RangeError(`betaBinomialTails: expected dispersion >= 1, got ${dispersion}`);
  if (dispersion === 1 || n === 0 || share === 0 || share === 1) return (k) => binomialTails(k, n, share);
  const [own, others] = [share, 1 - share].map((part) => (n * part) / (dispersion - 1)) as [number, number]; // two of two
  const step = (k: number) => ((n - k) * (own + k)) / ((k + 1) * (others + n - k - 1)); // P(k + 1) / P(k)
  const middle = Math.floor(n * share);
  const below: number[] = [];
  for (let k = middle, p = 1; k > 0 && p > 1e-30; k--) below.push((p /= step(k - 1)));
  const above: number[] = [];
  for (let k = middle, p = 1; k < n && p > 1e-30; k++) above.push((p *= step(k)));
  const weights = [...below.toReversed(), 1, ...above];
  const first = middle - below.length;
  const [upTo, from] = [cumulated(weights), cumulated(weights.toReversed()).toReversed()];
  const shareOf = (weight: number) => Math.min(1, weight / upTo.at(-1)!); // there is the mean's at least
  return (k) => ({
    atMost: k < first ? 0 : shareOf(upTo[Math.min(k - first, upTo.length - 1)]!),
    atLeast: k < first ? 1 : shareOf(from[k - first] ?? 0),
  });
}

function cumulated(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}
