import { type CountDistribution, countDistribution } from "./count-distribution.ts";
import { type Cusum, cusumAlarmProbability } from "./cusum.ts";
import { rateChange, type Side } from "./rate-change.ts";

/** A fix that was found effective or partially effective, by the cases that say so. */
export interface VerifiedFix {
  before: Side;
  /** Its exposure is what the cases are compared by: without an exposure series, weeks times the ratio of the unfixed causes. */
  after: Side;
  /** Of a usual week from now on. */
  exposurePerWeek: number;
  /** By how much the variance exceeds Poisson's, >= 1 (`shrunkDispersion`). */
  dispersion: number;
}

/** How a verified fix is watched. */
export interface RegressionWatch extends Cusum {
  exposurePerWeek: number;
  /** The chance of a false alarm in a year of a fix that holds. */
  falseAlarm: number;
}

const mostFalseAlarms = 0.05;
const weeksOfYear = 52;
const ratesTried = 24;
/** A week's reference has at least so many units, so that rounding it does not shift it by more than an eighth. */
const fewestUnits = 4;

/** A rate that the verified one may be, as the distribution of a week's cases, and its weight. */
interface PossibleRate {
  weekly: CountDistribution;
  weight: number;
}

/**
 * The sum that watches a verified fix for the return of the rate before it: the reference between both rates by Lucas' rule, the
 * lowest limit with at most 5 % false alarms a fix-year. The verified rate is itself an estimate, and a flattering one: with more
 * cases the fix would not have been verified. So the chance is averaged over all rates up to that before, weighed by how likely
 * they make what was seen, given that it was verified. Over-dispersed weeks are negative binomial.
 * Source: Lucas 1985 (reference value); the limit by `cusumAlarmProbability`. Cost: some 10 x 20 such chains, 20-100 ms.
 */
export function regressionWatch(fix: VerifiedFix): RegressionWatch {
  const { before, after, exposurePerWeek } = fix;
  const held = ((after.cases + 0.5) / after.exposure) * exposurePerWeek;
  const returned = (before.cases / before.exposure) * exposurePerWeek;
  const rates = possibleRates(fix);
  const reference = (returned - held) / Math.log(returned / held);
  const perCase = Math.max(1, Math.ceil(fewestUnits / reference));
  const perWeek = Math.round(reference * perCase);
  const falseAlarmAt = (limit: number) =>
    rates.reduce(
      (sum, { weekly, weight }) =>
        sum + weight * cusumAlarmProbability(weekly, { perCase, perWeek, limit }, weeksOfYear),
      0,
    );
  const limit = lowestLimit(falseAlarmAt, 4 * perWeek);
  return { perCase, perWeek, limit, exposurePerWeek, falseAlarm: falseAlarmAt(limit) };
}

/**
 * Every rate up to that before is as likely, times the likelihood of a count that was low enough to be verified. Jeffreys' prior
 * (1 / root of the rate) believes too much in the lowest rates: small cuts that few cases verified would alarm in up to 6.6 % of years.
 */
function possibleRates({ before, after, exposurePerWeek, dispersion }: VerifiedFix): PossibleRate[] {
  const highest = mostVerified(before, after.exposure, dispersion);
  if (after.cases > highest)
    throw new RangeError(
      `regressionWatch: expected at most ${highest} cases since the fix, got ${after.cases}`,
    );
  const rates = Array.from({ length: ratesTried }, (_, i) => {
    const rate = ((i + 0.5) / ratesTried) * (before.cases / before.exposure);
    const mean = rate * after.exposure;
    const { first, probabilities } = countDistribution(mean, dispersion * mean);
    const verified = probabilities.slice(0, Math.max(0, highest + 1 - first)).reduce((sum, p) => sum + p, 0);
    const likelihood = verified > 0 ? (probabilities[after.cases - first] ?? 0) / verified : 0;
    const week = rate * exposurePerWeek;
    return { weekly: countDistribution(week, dispersion * week), weight: likelihood };
  });
  const sum = rates.reduce((total, { weight }) => total + weight, 0);
  return rates
    .map(({ weekly, weight }) => ({ weekly, weight: weight / sum }))
    .filter(({ weight }) => weight > 1e-4);
}

/** The greatest number of cases since the fix of which it could be said that the rate fell; -1 if there is none. */
function mostVerified(before: Side, exposure: number, dispersion: number): number {
  let cases = -1;
  while ((rateChange(before, { cases: cases + 1, exposure }, dispersion)?.interval.high ?? 1) < 1) cases++;
  return cases;
}

/** Doubled until it is high enough, then halved in. */
function lowestLimit(falseAlarmAt: (limit: number) => number, start: number): number {
  let [tooLow, enough] = [0, start];
  while (falseAlarmAt(enough) > mostFalseAlarms) [tooLow, enough] = [enough, 2 * enough];
  while (enough - tooLow > 1) {
    const middle = Math.floor((tooLow + enough) / 2);
    if (falseAlarmAt(middle) > mostFalseAlarms) tooLow = middle;
    else enough = middle;
  }
  return enough;
}
