import { type Noise, noiseOf } from "./noise.ts";
import type { NoisePrior } from "./noise-prior.ts";
import { shrunkDispersion } from "./shrunk-dispersion.ts";
import { likeliestStep, stepProbability } from "./step-test.ts";

/** The weeks that a fix is compared with. */
export interface LongBaseline {
  /** The first of the weeks before the fix that counts, as an index; all later ones count. */
  firstWeek: number;
  /** `since_decision`: the history is too short to outweigh the peak at which the call was made. */
  basis: "long" | "since_decision";
  /** The last step that passed its test: its week, as an index, and its p with the search in it. */
  step: { week: number; p: number } | null;
  /** Of the weeks that count. */
  noise: Noise | null;
}

const stepLevel = 0.01;
const shortHistory = 26;
const fewestCasesSinceDecision = 20;

/**
 * The baseline of a second fix: all weeks back to the last step of the rate (p < .01), because fixes are decided at peaks. Where
 * fewer than 26 weeks are left, only those since the call, which no selection touched, and only with 20 cases.
 * `null`: there is no honest baseline; the cause was chosen at a peak.
 * Source: PRODUCT.md section 7; its step test is `stepProbability`. Cost: that of one or two such tests.
 * @param counts cases by week up to the implementation, oldest first, 104 at most
 * @param exposures of the same weeks, > 0
 * @param weeksSinceDecision how many of the last weeks lie wholly after the call
 */
export function longBaseline(
  counts: readonly number[],
  exposures: readonly number[],
  weeksSinceDecision: number,
  prior: NoisePrior | null,
): LongBaseline | null {
  const step = lastStep(counts, exposures, prior);
  const from = step?.week ?? 0;
  const isLong = counts.length - from >= shortHistory;
  const firstWeek = isLong ? from : Math.max(from, counts.length - weeksSinceDecision);
  const kept = counts.slice(firstWeek);
  if (!isLong && sumOf(kept) < fewestCasesSinceDecision) return null;
  return {
    firstWeek,
    basis: isLong ? "long" : "since_decision",
    step,
    noise: noiseOf(kept, expectedOf(kept, exposures.slice(firstWeek)), 1),
  };
}

/** Again and again in what follows the step that was found, until there is none. */
function lastStep(
  counts: readonly number[],
  exposures: readonly number[],
  prior: NoisePrior | null,
): LongBaseline["step"] {
  let last: LongBaseline["step"] = null;
  for (let from = 0; ; ) {
    const [weeks, exposed] = [counts.slice(from), exposures.slice(from)];
    const step = likeliestStep(weeks, exposed);
    if (step === null) return last;
    const expected = [
      ...expectedOf(weeks.slice(0, step.week), exposed.slice(0, step.week)),
      ...expectedOf(weeks.slice(step.week), exposed.slice(step.week)),
    ];
    const noise = shrunkDispersion(noiseOf(weeks, expected, 2), prior) ?? 1;
    const p = stepProbability(step.logLikelihoodRatio / noise, sumOf(weeks), exposed);
    if (p >= stepLevel) return last;
    from += step.week;
    last = { week: from, p };
  }
}

/** What one rate would have made of each week; a stretch without a case counts as half a case, so that no mean is 0. */
function expectedOf(counts: readonly number[], exposures: readonly number[]): number[] {
  const rate = Math.max(0.5, sumOf(counts)) / sumOf(exposures);
  return exposures.map((exposure) => rate * exposure);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
