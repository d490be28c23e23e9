import {
  type NegativeBinomial,
  negativeBinomialProbability,
  negativeBinomialTails,
} from "../statistics/negative-binomial.ts";

/** What all causes together say of one of which little is known. */
export interface RecurrencePrior {
  /** The rates of the causes that recur, in cases a day, are gamma distributed: its shape, and its rate in days. */
  shape: number;
  rate: number;
  /** Probability that a cause that was seen once is a one-off, which does not come back: 0 to 1. */
  onceIsOneOff: number;
}

/** With fewer causes that were seen twice, nothing can be learned from the others: there is no prior. */
export const fewestRecurring = 5;

/**
 * The empirical-Bayes prior over causes: a gamma distribution of their rates, by the maximum of the marginal likelihood
 * of their counts, which are negative binomial. Two things are taken into account, without which rare causes would be
 * forecast too often: a cause is on the list only because it was seen (the distribution is truncated at 0), and some
 * causes happen once and never again (it is inflated at 1). Where there are more causes seen once than the others
 * leave room for, the maximum separates: the gamma distribution is that of the counts of 2 and more, truncated there.
 * `null`: fewer than five causes were seen twice.
 * Source: Robbins 1956; Godwin & Böhning 2017 (one-inflated counts, section 2).
 * @param counts cases of each cause in the history, whole numbers; causes without one are left out
 * @param historyDays how many days the counts cover, > 0
 * Cost: some 2,000 tails of a beta distribution, and 50 passes over the largest count.
 */
export function recurrencePrior(counts: readonly number[], historyDays: number): RecurrencePrior | null {
  if (!(historyDays > 0)) throw new RangeError(`recurrencePrior: expected days > 0, got ${historyDays}`);
  const seen = counts.filter((count) => count > 0);
  const recurring = seen.filter((count) => count > 1);
  if (recurring.length < fewestRecurring) return null;
  const once = seen.length - recurring.length;
  const ofRecurring = fitTruncated(recurring, 2);
  const expectedOnce =
    (recurring.length * negativeBinomialProbability(ofRecurring, 1)) /
    negativeBinomialTails(ofRecurring, 1).upper;
  const hasOneOffs = expectedOnce < once;
  const { size, odds } = hasOneOffs ? ofRecurring : fitTruncated(seen, 1);
  return { shape: size, rate: historyDays / odds, onceIsOneOff: hasOneOffs ? 1 - expectedOnce / once : 0 };
}

const leastSize = 0.01;
const mostSize = 1000;
const leastOdds = 1e-4;
const mostOdds = 1e8;

/**
 * The negative binomial distribution of counts of which none below `least` (1 or 2) can be seen. For each size the best
 * odds are those at which the mean is met, so that one root is left: that of the likelihood's slope over the size.
 */
function fitTruncated(counts: readonly number[], least: 1 | 2): NegativeBinomial {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const above = countsAbove(counts);
  const bestFor = (size: number): NegativeBinomial => ({
    size,
    odds: rootBetween(leastOdds, mostOdds, (odds) => truncatedMean({ size, odds }, least) - mean),
  });
  return bestFor(rootBetween(leastSize, mostSize, (size) => -slopeOverSize(bestFor(size), least, above)));
}

/** How many counts are above j, by j. */
function countsAbove(counts: readonly number[]): Float64Array {
  const above = new Float64Array(counts.reduce((most, count) => Math.max(most, count), 0) + 1);
  for (const count of counts) above[count]!++;
  for (let j = above.length - 2; j >= 0; j--) above[j]! += above[j + 1]!;
  return above.subarray(1);
}

function truncatedMean({ size, odds }: NegativeBinomial, least: 1 | 2): number {
  const reaching = negativeBinomialTails({ size, odds }, least - 1).upper;
  const share = least === 1 ? 1 : -Math.expm1(-(size + 1) * Math.log1p(odds));
  return (size * odds * share) / reaching;
}

/** The derivative of the log likelihood a count by the size, at fixed odds. */
function slopeOverSize({ size, odds }: NegativeBinomial, least: 1 | 2, above: Float64Array): number {
  let rising = 0;
  for (let j = 0; j < above.length; j++) rising += above[j]! / (size + j);
  const log = Math.log1p(odds);
  const share = odds / (1 + odds);
  const none = Math.exp(-size * log);
  const reachingRises = none * (least === 1 ? log : log - share + size * share * log);
  return rising / above[0]! - log - reachingRises / negativeBinomialTails({ size, odds }, least - 1).upper;
}

/** Where a function that rises passes 0, by halving on a log scale; an end of the range, where it does not. */
function rootBetween(least: number, most: number, value: (x: number) => number): number {
  let [low, high] = [Math.log(least), Math.log(most)];
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (value(Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
