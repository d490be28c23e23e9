import type { Day, Period } from "../period.ts";

/**
 * How much counts of `days` vary beyond a Poisson's, over all causes: variance over mean, 1 where there is no more than
 * chance, and where too little was seen to tell. Rare causes have too few cases to tell each for itself, so they tell
 * together: how the cases of two neighbouring periods part between them, given how many they are together, is Poisson's
 * coin where counts are Poisson's and Pólya's urn where they are negative binomial. Neighbours, so that a rate that once
 * changed does not pass for one that varies; from the period after a cause's first case on, since that it appears is news.
 * It is one figure for all: a cause that varies more than the others is forecast too surely. Of rare causes (.4 cases a
 * period) that vary three times a Poisson's it says 3.5: too wide, not too narrow.
 * Source: Mosimann 1962 (variance of the Dirichlet-multinomial distribution), the urn's size by the cause's mean.
 * @param casesByCause the local days of each cause's cases, in any order
 * @param history days that the data cover whole; its last whole periods are counted
 * @param days length of a period, > 0
 * Cost: one pass, and 50 over the pairs of neighbours.
 */
export function commonDispersion(
  casesByCause: readonly ArrayLike<Day>[],
  history: Period,
  days: number,
): number {
  const pairs = casesByCause.flatMap((cases) => pairsOf(countsSinceFirst(cases, history, days)));
  const seen = pairs.reduce((sum, { excess }) => sum + excess, 0);
  const expected = (more: number) =>
    pairs.reduce((sum, { together, mean }) => sum + ((together - 1) * more) / (more + 2 * mean), 0);
  let [low, high] = [0, mostDispersion - 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (expected(middle) < seen) low = middle;
    else high = middle;
  }
  return 1 + low;
}

const mostDispersion = 50;

interface Pair {
  /** Cases of two neighbouring periods, at least 2: one case parts in no way. */
  together: number;
  /** Cases a period, over all periods of the cause. */
  mean: number;
  /** Squared difference over what it is by chance, less 1. */
  excess: number;
}

function pairsOf(counts: readonly number[]): Pair[] {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.slice(1).flatMap((after, i) => {
    const before = counts[i]!; // the one before `after`
    const together = before + after;
    return together < 2 ? [] : [{ together, mean, excess: (after - before) ** 2 / together - 1 }];
  });
}

function countsSinceFirst(cases: ArrayLike<Day>, { start, end }: Period, days: number): number[] {
  const counts = Array.from({ length: Math.floor((end - start) / days) }, () => 0);
  let first = counts.length;
  for (let i = 0; i < cases.length; i++) {
    const day = cases[i]!;
    if (day < start || day >= end) continue;
    const period = counts.length - 1 - Math.floor((end - 1 - day) / days); // -1: before the whole periods
    first = Math.min(first, period);
    if (period >= 0) counts[period]!++;
  }
  return counts.slice(first + 1);
}
