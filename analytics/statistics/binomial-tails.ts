import { betaTails } from "./beta.ts";

/** Both tails of a binomial count; the count itself belongs to each, so that they add up to more than 1. */
export interface BinomialTails {
  /** P(X <= k). */
  atMost: number;
  /** P(X >= k). */
  atLeast: number;
}

/**
 * The chance of k hits or fewer, and of k or more, in n independent trials that hit with the chance `share`. Exact.
 * Source: the binomial tail as a beta tail, DLMF 8.17.5; R's `pbinom`. Cost: two beta tails.
 * @param k whole number, 0..n
 * @param share 0..1
 */
export function binomialTails(k: number, n: number, share: number): BinomialTails {
  if (!(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n && share >= 0 && share <= 1))
    throw new RangeError(
      `binomialTails: expected whole numbers 0 <= k <= n and a share in 0..1, got ${k}, ${n} and ${share}`,
    );
  return {
    atMost: k === n ? 1 : betaTails(share, k + 1, n - k).upper,
    atLeast: k === 0 ? 1 : betaTails(share, k, n - k + 1).lower,
  };
}
