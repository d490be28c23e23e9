import { betaTails, type Tails } from "./beta.ts";
import { deviance, stirlingError } from "./saddle-point.ts";

/**
 * A count whose Poisson mean is itself drawn from a gamma distribution: of shape `size`, and such that the mean of the
 * count is size * odds. Its variance is mean * (1 + odds). In R's words: `size`, and `prob` = 1 / (1 + odds).
 */
export interface NegativeBinomial {
  /** > 0. */
  readonly size: number;
  /** > 0. */
  readonly odds: number;
}

/** P(X = count), relative error some 1e-13. Source: Loader 2000, section 5. @param count a whole number >= 0 */
export function negativeBinomialProbability({ size, odds }: NegativeBinomial, count: number): number {
  if (count === 0) return Math.exp(-size * Math.log1p(odds));
  const all = size + count;
  const logProbability =
    stirlingError(all) -
    stirlingError(size) -
    stirlingError(count) -
    deviance(size, all / (1 + odds)) -
    deviance(count, (all * odds) / (1 + odds)) +
    Math.log(all / (2 * Math.PI * size * count)) / 2;
  return (size / all) * Math.exp(logProbability);
}

/** P(X <= count) and P(X > count), each also where it is small. @param count a whole number >= 0 */
export function negativeBinomialTails({ size, odds }: NegativeBinomial, count: number): Tails {
  return betaTails(1 / (1 + odds), size, count + 1);
}

/**
 * The smallest count with P(X <= count) >= p. By doubling, then halving: some 2 log2(count) tails.
 * @param p 0 <= p < 1
 */
export function negativeBinomialQuantile(distribution: NegativeBinomial, p: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`negativeBinomialQuantile: expected 0 <= p < 1, got ${p}`);
  const reaches = (count: number) => negativeBinomialTails(distribution, count).lower >= p;
  if (reaches(0)) return 0;
  let high = 1;
  while (!reaches(high)) high *= 2;
  let low = Math.floor(high / 2); // the one before, which does not reach it
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}
