import { type Limits, limitsAround } from "./limits.ts";
import { movingRange, sigmaPerMeanRange } from "./moving-range.ts";

/** Cases of a period, and what they are taken of. `null`: not measured. */
export interface CountOf {
  count: number | null;
  of: number | null;
}

/**
 * Limits of Laney's u' chart (cases per exposure) or p' chart (share of opportunities): those of a u or p chart, as wide
 * as the denominator of the point makes them, times sigma_z, the sigma of the standardised values by their moving
 * range. So they hold where counts vary more than a Poisson's, or less.
 * The answer is the limits at a denominator > 0; `null` where the baseline does not tell how much it varies (`movingRange`),
 * has no case, or (p') nothing but cases.
 * Source: Laney 2002, Quality Engineering 14(4), 531-537. Cost: one pass over the baseline.
 * @param baseline in the order of time; of p', `count` is at most `of`
 */
export function laneyLimits(
  kind: "laney_u" | "laney_p",
  baseline: readonly CountOf[],
): ((of: number) => Limits) | null {
  const rates = baseline.map(rateOf);
  const measured = baseline.filter((_, i) => rates[i] !== null);
  const centre = sumOf(measured, "count") / sumOf(measured, "of");
  const isShare = kind === "laney_p";
  if (!(centre > 0) || (isShare && centre >= 1)) return null;
  const variance = isShare ? centre * (1 - centre) : centre;
  const sigmaAt = (of: number) => Math.sqrt(variance / of);
  const standardised = baseline.map(({ of }, i) => {
    const rate = rates[i] ?? null;
    return rate === null || of === null ? null : (rate - centre) / sigmaAt(of);
  });
  const found = movingRange(standardised);
  if (found === null) return null;
  const sigmaZ = found.meanRange * sigmaPerMeanRange;
  return (of) => limitsAround(centre, sigmaAt(of) * sigmaZ, 0, isShare ? 1 : Infinity);
}

/** `null` where one of the two is not measured, and where there is nothing to take a rate of. */
export function rateOf({ count, of }: CountOf): number | null {
  return count === null || of === null || of <= 0 ? null : count / of;
}

function sumOf(baseline: readonly CountOf[], part: keyof CountOf): number {
  return baseline.reduce((sum, entry) => sum + (entry[part] ?? 0), 0);
}
