import { type CountDistribution, countDistribution } from "./count-distribution.ts";
import { type RateChange, rateChange, type Side } from "./rate-change.ts";
import { verdictOfChange } from "./verdict-of-change.ts";

/** What is known, and hoped for, while an effectiveness check is chosen. */
export interface HopedFix {
  /** Cases and exposure of the baseline so far. */
  before: Side;
  exposurePerWeek: number;
  /** By how much the variance exceeds Poisson's, >= 1 (`shrunkDispersion`). */
  dispersion: number;
  /** The cut that the fix is hoped to make, 0 <= cut < 1. */
  hopedCut: number;
  /** The cut that the verdict asks for, 0 < cut < 1. */
  targetCut: number;
}

const wanted = 0.8;

/**
 * After how many weeks the verdict leaves `inconclusive` with probability .8, if the fix does what is hoped; `null` when
 * `mostWeeks` are too few. `probabilities` are those of each week, from the first. Chance makes saw-teeth: the first week counts.
 * Every count that can be seen after the fix is judged by `verdictOfChange` itself and weighed by its probability. The rate before
 * is not known but estimated, so the count has the negative binomial distribution that `before` predicts (gamma posterior, uniform
 * prior: one case more, which foretells a little late rather than early).
 * The checks of emerging cases and of the largest comparator are not in it.
 * Source: PRODUCT.md section 7; exact enumeration. Cost: some 20 beta quantiles a week.
 */
export function whenCanWeKnow(
  hoped: HopedFix,
  mostWeeks: number,
): { weeks: number | null; probabilities: number[] } {
  const probabilities: number[] = [];
  for (let weeks = 1; weeks <= mostWeeks; weeks++)
    probabilities.push(probabilityOfVerdict(hoped, hoped.exposurePerWeek * weeks));
  const first = probabilities.findIndex((probability) => probability >= wanted);
  return { weeks: first < 0 ? null : first + 1, probabilities };
}

function probabilityOfVerdict(
  { before, dispersion, hopedCut, targetCut }: HopedFix,
  exposure: number,
): number {
  if (before.cases === 0) return 0;
  const shape = before.cases + 1;
  const mean = (shape / before.exposure) * exposure * (1 - hopedCut);
  const counts = countDistribution(mean, dispersion * (mean + mean ** 2 / shape));
  const changeAt = (cases: number) => rateChange(before, { cases, exposure }, dispersion);
  const last = counts.first + counts.probabilities.length;
  // Both limits rise with the count: few cases are a success, many a failure, and between them lies what cannot be told.
  const firstWide = firstWhere(counts.first, last, (cases) => !fell(changeAt(cases)));
  const firstFailure = firstWhere(firstWide, last, (cases) => {
    const change = changeAt(cases);
    return change !== null && verdictOfChange(change, targetCut) !== "inconclusive";
  });
  return 1 - probabilityBetween(counts, firstWide, firstFailure);
}

function fell(change: RateChange | null): boolean {
  return change !== null && change.interval.high < 1;
}

/** The first whole number in [low, high) at which `holds`, which stays true from there on; `high` if there is none. */
function firstWhere(low: number, high: number, holds: (value: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function probabilityBetween({ first, probabilities }: CountDistribution, low: number, high: number): number {
  return probabilities.slice(low - first, high - first).reduce((sum, probability) => sum + probability, 0);
}
