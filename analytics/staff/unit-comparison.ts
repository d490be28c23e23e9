import { multinomialDispersion } from "../statistics/multinomial-dispersion.ts";
import { type RateRatio, rateRatio } from "../statistics/rate-ratio.ts";
import { fewestForRate } from "../statistics/what-may-be-said.ts";
import { staffAlpha } from "./agent-evidence.ts";

/** A unit as a whole: its cases of the cause that name a concerned agent, and what it handled, > 0. */
export interface UnitCounts {
  cases: number;
  handled: number;
}

export interface UnitComparison {
  /** Rate of the unit over the rate of the other units together, by handled volume; its interval is widened by `overdispersion`. */
  ratio: RateRatio;
  /** How much more the other units differ among themselves than chance explains, >= 1; 1 where there is only one. */
  overdispersion: number;
  /** The rate is higher (two-sided, .05 shared by the units asked), and the unit has not fewer cases than may be called a rate. */
  isAbove: boolean;
}

/**
 * Whether a unit has more cases of a cause than the other units. Units differ always a little, so counts are divided by the
 * over-dispersion of the others (quasi-likelihood) before they are compared.
 * `null` where there is no other unit, or no case anywhere.
 * Source: Przyborowski & Wilenski 1940 (exact conditional ratio); McCullagh & Nelder 1989, section 9.2. Cost: one pass.
 * @param unitsAsked of how many units the same is asked together (Bonferroni)
 */
export function unitComparison(
  unit: UnitCounts,
  others: readonly UnitCounts[],
  unitsAsked = 1,
): UnitComparison | null {
  const compared = others.filter(({ handled }) => handled > 0);
  if (compared.length === 0) return null;
  const dispersion = multinomialDispersion(
    compared.map(({ cases }) => cases),
    compared.map(({ handled }) => handled),
  );
  const overdispersion = Math.max(1, dispersion?.factor ?? 1);
  const cases = compared.reduce((sum, other) => sum + other.cases, 0);
  const handled = compared.reduce((sum, other) => sum + other.handled, 0);
  const ratio = rateRatio(cases / overdispersion, unit.cases / overdispersion, handled, unit.handled);
  if (ratio === null) return null;
  const isAbove = ratio.interval.low > 1 && ratio.p * unitsAsked <= staffAlpha && unit.cases >= fewestForRate;
  return { ratio, overdispersion, isAbove };
}
