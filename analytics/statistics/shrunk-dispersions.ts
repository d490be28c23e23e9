import type { AdjacentDispersion } from "./adjacent-dispersion.ts";

export interface ShrunkDispersions {
  /** In the order of the input, each >= 1; the common one where a series has none of its own. */
  phis: number[];
  /** Mean over all pairs of all series; `null` where there is no pair at all, and every phi is 1. */
  common: number | null;
}

/**
 * Dispersions of many series, each drawn towards the common one as far as it is uncertain and they are alike. The
 * variance between series is what their spread shows beyond the error of each, 3 phi² / pairs for neighbours.
 * Nothing is less than 1: counts that vary less than a Poisson's are taken for one.
 *
 * The verdict on a second fix shrinks by the same weights (`second-fix/noise-prior.ts`: degrees against degrees), but has another
 * idea of what the causes share: medians and quartiles, since around one rate a single step or burst makes a dispersion of ten; its
 * causes are the unfixed ones; and it widens for what is not known. Neighbours don't see a step, and here moments do better: where
 * every other of 40 causes varied three times as much, quartiles (with their bias mended) let 6.2 and 8.2 % of pages say a false
 * verb, moments 6.2 and 6.0 % (two seeds of 500 pages). So they are two.
 *
 * Source: empirical Bayes by moments (Morris 1983); the error of the mean square successive difference, von Neumann 1941.
 * Cost: one pass.
 */
export function shrunkDispersions(series: readonly (AdjacentDispersion | null)[]): ShrunkDispersions {
  const known = series.filter((entry) => entry !== null);
  const pairs = known.reduce((sum, entry) => sum + entry.pairs, 0);
  if (pairs === 0) return { phis: series.map(() => 1), common: null };
  const common = known.reduce((sum, { phi, pairs: own }) => sum + phi * own, 0) / pairs;
  const errorOf = (entry: AdjacentDispersion) => (3 * common ** 2) / entry.pairs;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / known.length;
  const spread = mean(known.map(({ phi }) => (phi - common) ** 2));
  const between = Math.max(0, spread - mean(known.map(errorOf)));
  const shrink = (entry: AdjacentDispersion | null) => {
    if (entry === null || between === 0) return common;
    const weight = between / (between + errorOf(entry));
    return weight * entry.phi + (1 - weight) * common;
  };
  return { phis: series.map((entry) => Math.max(1, shrink(entry))), common };
}
