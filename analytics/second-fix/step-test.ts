import { countDistribution } from "./count-distribution.ts";

/** The place in a series of weeks where its rate is likeliest to have stepped. */
export interface Step {
  /** The first week of the new rate, as an index. */
  week: number;
  /** How much likelier the data are with the step, as a logarithm, >= 0. */
  logLikelihoodRatio: number;
}

/** A step leaves so many weeks on each side; what is shorter is a burst. */
const fewestWeeks = 4;

/**
 * The likeliest single step of a Poisson rate. `null` where no week can be one, or no case was seen.
 * Source: Worsley 1983, The power of likelihood ratio and cumulative sum tests for a change in a binomial probability.
 * Cost: one pass.
 * @param counts cases by week, oldest first
 * @param exposures of the same weeks, > 0
 */
export function likeliestStep(counts: readonly number[], exposures: readonly number[]): Step | null {
  const total = sumOf(counts);
  const exposure = sumOf(exposures);
  if (total === 0) return null;
  let best: Step | null = null;
  let [seen, exposed] = [0, 0];
  for (let week = 1; week <= counts.length - fewestWeeks; week++) {
    seen += counts[week - 1]!;
    exposed += exposures[week - 1]!;
    if (week < fewestWeeks) continue;
    const logLikelihoodRatio = ratioOfSplit(seen, total, exposed / exposure);
    if (best === null || logLikelihoodRatio > best.logLikelihoodRatio) best = { week, logLikelihoodRatio };
  }
  return best;
}

/**
 * The p of a likeliest step under one constant rate, exact, given the cases in all, and with the search over all weeks in it:
 * the probability that some week has as great a ratio. Given their sum the counts are multinomial, so the running sum is a
 * Markov chain, and its paths that stay within all limits are counted week by week. Precise to some 1e-13, not relative.
 * Source: Worsley 1983. Over-dispersed counts: pass the ratio divided by the dispersion (quasi-likelihood).
 * Cost: some weeks x cases; 1 ms for 104 weeks of 5 cases.
 * @param total cases in all
 * @param exposures by week, > 0
 */
export function stepProbability(
  logLikelihoodRatio: number,
  total: number,
  exposures: readonly number[],
): number {
  const exposure = sumOf(exposures);
  let chance = Float64Array.of(1); // of each running sum from `low` on, with no limit passed so far
  let low = 0;
  let high = 0;
  let exposed = 0;
  exposures.forEach((weekly, index) => {
    const week = index + 1;
    exposed += weekly;
    const share = week === exposures.length ? 1 : exposed / exposure;
    const lowBefore = low;
    if (week < fewestWeeks || week > exposures.length - fewestWeeks) high = total;
    else {
      const passes = (sum: number) => ratioOfSplit(sum, total, share) >= logLikelihoodRatio;
      high = index + 1 === fewestWeeks ? 0 : high;
      while (low < total * share && passes(low)) low++;
      while (high < total && (high + 1 <= total * share || !passes(high + 1))) high++;
    }
    chance = advanced(
      chance,
      countDistribution((total * weekly) / exposure, 0),
      low - lowBefore,
      high - low + 1,
    );
  });
  const ofTotal = countDistribution(total, 0);
  return 1 - chance[total - low]! / ofTotal.probabilities[total - ofTotal.first]!;
}

/** The chances of the sums one week on, of which `size` are kept, from the old `low` plus `skipped` on. */
function advanced(
  chance: Float64Array,
  { first, probabilities }: { first: number; probabilities: Float64Array },
  skipped: number,
  size: number,
): Float64Array<ArrayBuffer> {
  const reach = Math.min(size, chance.length + first + probabilities.length - skipped);
  const next = new Float64Array(Math.max(size, 1));
  for (let from = 0; from < chance.length; from++) {
    const here = chance[from]!;
    if (here === 0) continue;
    const shift = from + first - skipped;
    const start = Math.max(0, -shift);
    const end = Math.min(probabilities.length, reach - shift);
    for (let j = start; j < end; j++) next[shift + j]! += here * probabilities[j]!;
  }
  return next;
}

/** log of the likelihood with two rates over that with one; `share` of the exposure lies before the split. */
function ratioOfSplit(seen: number, total: number, share: number): number {
  const left = total - seen;
  return (
    (seen === 0 ? 0 : seen * Math.log(seen / (total * share))) +
    (left === 0 ? 0 : left * Math.log(left / (total * (1 - share))))
  );
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
