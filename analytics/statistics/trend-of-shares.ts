import { gammaTails } from "./gamma.ts";

/** One ordered group: its score (the middle of what orders it), and how many of its cases hit. */
export interface ScoredGroup {
  score: number;
  hits: number;
  n: number;
}

/**
 * p of "the share does not rise or fall with the score": chi-square of one degree of freedom, two-sided. `null` where nothing can
 * be told: fewer than two different scores with cases, or all or none of the cases hit.
 * Source: Cochran 1954; Armitage 1955; R's `prop.trend.test`. Cost: one pass.
 */
export function trendOfShares(groups: readonly ScoredGroup[]): number | null {
  const n = sumOf(groups, (group) => group.n);
  const share = sumOf(groups, (group) => group.hits) / n;
  const middle = sumOf(groups, (group) => group.n * group.score) / n;
  const slope = sumOf(groups, ({ score, hits, n: cases }) => (score - middle) * (hits - cases * share));
  const spread = sumOf(groups, ({ score, n: cases }) => cases * (score - middle) ** 2);
  const variance = share * (1 - share) * spread;
  return variance > 0 ? gammaTails(slope ** 2 / variance / 2, 0.5).upper : null;
}

function sumOf(groups: readonly ScoredGroup[], value: (group: ScoredGroup) => number): number {
  return groups.reduce((sum, group) => sum + value(group), 0);
}
