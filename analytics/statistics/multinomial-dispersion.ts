import { gammaTails } from "./gamma.ts";

export interface Dispersion {
  /** Pearson's X² of the counts against their shares, over what is usual. */
  chiSquare: number;
  /** X² over what chance alone gives in the mean: 1 = as expected. */
  factor: number;
  /** P of an X² as large or larger if the shares hold. */
  p: number;
}

/**
 * Whether counts differ among themselves by more than chance, given what share of the total is expected of each.
 * X² has the mean k - 1 exactly, but on few cases not the spread of a chi-square; so it is held against the gamma distribution
 * with X²'s own exact mean and variance, 2(k - 1) + (Σ 1/share - k² - 2k + 2) / total.
 * `null` for fewer than two groups, or no case.
 * Source: Pearson 1900; variance by Haldane 1937, Biometrika 29:133-143. Cost: one pass.
 * @param counts cases of each group, whole numbers
 * @param weights what their expected shares are proportional to, each > 0
 * @param usual variance over mean of each count for itself, >= 1, by which X² is divided
 */
export function multinomialDispersion(
  counts: readonly number[],
  weights: readonly number[],
  usual = 1,
): Dispersion | null {
  if (counts.length !== weights.length || !weights.every((weight) => weight > 0))
    throw new RangeError(
      `multinomialDispersion: expected a weight > 0 a count, got ${counts.length} counts and weights ${weights.join(", ")}`,
    );
  const k = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (k < 2 || total === 0) return null;
  const allWeights = weights.reduce((sum, weight) => sum + weight, 0);
  let [chiSquare, inverseShares] = [0, 0];
  counts.forEach((count, i) => {
    const expected = (total * weights[i]!) / allWeights;
    chiSquare += (count - expected) ** 2 / (usual * expected);
    inverseShares += allWeights / weights[i]!;
  });
  const mean = k - 1;
  const variance = 2 * mean + (inverseShares - k * k - 2 * k + 2) / total;
  const factor = chiSquare / mean;
  // With one case, and equal shares, X² is a constant: nothing can differ.
  const p = variance < 1e-9 ? 1 : gammaTails((chiSquare * mean) / variance, (mean * mean) / variance).upper;
  return { chiSquare, factor, p };
}
