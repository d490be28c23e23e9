import { mean } from "d3-array";
import type { WindowEvidence } from "./fix-evidence.ts";
import { type LongBaseline, longBaseline } from "./long-baseline.ts";
import type { NoisePrior } from "./noise-prior.ts";
import { shrunkDispersion } from "./shrunk-dispersion.ts";
import { volumeWeights } from "./volume-weights.ts";
import { whenCanWeKnow } from "./when-can-we-know.ts";

/** What an effectiveness check can tell, and when, as long as the fix is not in place. */
export interface ForetoldCheck {
  baseline: LongBaseline;
  /** Cases and weeks of the baseline. */
  before: { cases: number; weeks: number };
  /** Cases a week that the baseline's rate would bring at the volume of the last weeks. */
  expectedPerWeek: number;
  /** By how much the variance exceeds Poisson's. */
  dispersion: number;
  /** False: neither exposures nor a case of an unfixed cause, so that the volume cannot be taken out and no verdict can be reached. */
  isComparable: boolean;
  /** Weeks since the wash-in after which a verdict is likely (`whenCanWeKnow`); `null`: not within `mostWeeksForetold`. */
  weeks: number | null;
}

export const mostWeeksForetold = 104;
const weeksOfRecentVolume = 13;

/**
 * The baseline that the verdict would use today, and how long it would take to know whether the cut that is wanted was made, if it
 * is. The volume to come is taken to be that of the last 13 weeks. That the unfixed causes, too, are only counted is not in
 * it, so it foretells a little early where they are few. `null` where there is no honest baseline.
 * Source: `longBaseline`, `shrunkDispersion`, `whenCanWeKnow`. Cost: some 2,000 beta quantiles.
 * @param before all whole weeks that are known
 * @param weeksSinceDecision how many of the last weeks lie wholly after the call
 * @param targetCut the cut that the verdict asks for, and that is hoped for, 0 < cut < 1
 */
export function foretellCheck(
  before: WindowEvidence,
  prior: NoisePrior | null,
  { weeksSinceDecision, targetCut }: { weeksSinceDecision: number; targetCut: number },
): ForetoldCheck | null {
  const volumes = volumeWeights(before);
  const baseline = longBaseline(before.counts, volumes, weeksSinceDecision, prior);
  if (baseline === null || before.counts.length === 0) return null;
  const counts = before.counts.slice(baseline.firstWeek);
  const perWeek = mean(volumes.slice(baseline.firstWeek))!; // a baseline has weeks
  const cases = counts.reduce((sum, count) => sum + count, 0);
  const exposurePerWeek = mean(volumes.slice(-weeksOfRecentVolume))! / perWeek;
  const dispersion = shrunkDispersion(baseline.noise, prior) ?? 1;
  const isComparable = before.exposures !== null || before.unfixed.some((cause) => cause.some((n) => n > 0));
  const { weeks } = whenCanWeKnow(
    {
      before: { cases, exposure: counts.length },
      exposurePerWeek,
      dispersion,
      hopedCut: targetCut,
      targetCut,
    },
    mostWeeksForetold,
  );
  return {
    baseline,
    before: { cases, weeks: counts.length },
    expectedPerWeek: (cases / counts.length) * exposurePerWeek,
    dispersion,
    isComparable,
    weeks: isComparable ? weeks : null,
  };
}
