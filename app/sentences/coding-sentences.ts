import type { CodingAgreement } from "#analytics/metrics/coding-agreement.ts";
import type { Kappa } from "#analytics/metrics/cohens-kappa.ts";
import { counted, fewestForInk, kappaText, partText } from "#app/format.ts";

/** Under so many cases the large-sample interval of kappa is rough. */
const fewestForInterval = 30;

/** "kappa 0.72 (95% interval 0.58 to 0.86), the same cause in 41 of 50 cases". */
export function causeAgreement({ cause, sameCause, cases }: CodingAgreement): string {
  return agreement(cause, { raw: `the same cause in ${ofCases(sameCause, cases)}`, cases });
}

/** As for the cause, of the cases to which both give a category. */
export function categoryAgreement({ category, sameCategory, withCategory }: CodingAgreement): string {
  const raw = `the same category in ${ofCases(sameCategory, withCategory)} to which both give one`;
  return agreement(category, { raw, cases: withCategory });
}

function ofCases(same: number, cases: number): string {
  return `${partText(same, cases)} ${cases === 1 ? "case" : "cases"}`;
}

function agreement(kappa: Kappa | null, { raw, cases }: { raw: string; cases: number }): string {
  if (cases === 0) return "no case to compare yet";
  if (cases < fewestForInk) return `${raw}; kappa from ${counted(fewestForInk, "case")} on`;
  if (kappa === null) return `${raw}; no kappa, since both use one and the same code throughout`;
  if (kappa.interval === null)
    return `kappa ${kappaText(kappa.kappa)} (no interval: not one case differs), ${raw}`;
  const rough = cases < fewestForInterval ? ", rough with so few cases" : "";
  const { low, high } = kappa.interval;
  return `kappa ${kappaText(kappa.kappa)} (95% interval ${kappaText(low)} to ${kappaText(high)}${rough}), ${raw}`;
}
