import { checkEvidence, type FixEvidence } from "./fix-evidence.ts";
import { afterStart, type FixDates, wholeWeeks } from "./fix-windows.ts";
import { longBaseline } from "./long-baseline.ts";
import { type MeasuredChange, measureChange } from "./measure-change.ts";
import type { RateChange } from "./rate-change.ts";
import { type VerdictOfChange, verdictOfChange } from "./verdict-of-change.ts";
import { volumeWeights } from "./volume-weights.ts";

/** Why a matter that could be judged stays open. */
export type InconclusiveReason =
  /** Decided at a peak, with too little history to outweigh it. */
  | "chosen_at_a_peak"
  /** No exposures and no unfixed cause: the volume cannot be taken out. */
  | "nothing_to_compare_with"
  /** No case on either side. */
  | "no_cases"
  /** The interval reaches from a success to a failure. */
  | "wide_interval"
  /** The emerging cases nearest to this cause would change the verdict. */
  | "emerging_cases"
  /** Without the largest of the unfixed causes the verdict would be another. */
  | "largest_comparator";

export interface Judgement {
  verdict: "not_due" | "too_early" | VerdictOfChange;
  /** Empty unless `inconclusive`. */
  reasons: InconclusiveReason[];
  /** `check`: harm was seen at the check date and closed the matter. `null`: it is still open. */
  closedAt: "check" | "window_end" | null;
  /** What the verdict rests on; of a fix that is not judged yet, what is seen so far, to be shown as such. */
  measured: MeasuredChange | null;
}

/**
 * The verdict on a second fix, by the first rule that holds: `not_due` before the wash-in ends, `too_early` before the check date,
 * then the rules of `verdictOfChange`. There are two looks and no more, each at the weeks up to its own day, so that a load
 * in between changes nothing: at the check date harm alone closes the matter, at the window's end any verdict does.
 * A verdict that the emerging cases or the largest comparator would change is `inconclusive`; where they leave it that the rate fell,
 * and differ only in whether by the target, it is the weaker `partially_effective`.
 * Source: PRODUCT.md section 7, and decision 014 for the departure. Cost: that of `longBaseline`, some 1 ms.
 * @param check with `targetCut`, the share of cases that the fix was to take away, 0 < cut < 1
 */
export function judgeSecondFix(check: FixDates & { targetCut: number }, evidence: FixEvidence): Judgement {
  checkEvidence(check, evidence);
  const { dataEnd, before, after, prior } = evidence;
  const start = afterStart(check);
  if (dataEnd < start) return { verdict: "not_due", reasons: [], closedAt: null, measured: null };
  const weeksSinceDecision = wholeWeeks(check.decidedOn, check.implementedFrom);
  const baseline = longBaseline(before.counts, volumeWeights(before), weeksSinceDecision, prior);
  const measure = (weeks: number) =>
    baseline === null || weeks === 0 ? null : measureChange(evidence, baseline, weeks);
  if (dataEnd >= check.checkOn) {
    const measured = measure(wholeWeeks(start, check.checkOn));
    const look = verdictOf(measured, check.targetCut);
    if (look.verdict === "harmful") return { ...look, closedAt: "check", measured };
  }
  const measured = measure(after.counts.length);
  if (dataEnd < check.windowEnd) return { verdict: "too_early", reasons: [], closedAt: null, measured };
  return { ...verdictOf(measured, check.targetCut), closedAt: "window_end", measured };
}

function verdictOf(
  measured: MeasuredChange | null,
  targetCut: number,
): { verdict: VerdictOfChange; reasons: InconclusiveReason[] } {
  const because = (...reasons: InconclusiveReason[]) => ({ verdict: "inconclusive" as const, reasons });
  if (measured === null) return because("chosen_at_a_peak");
  const { change, before, after } = measured;
  if (before.cases + after.cases === 0) return because("no_cases");
  if (change === null) return because("nothing_to_compare_with");
  const verdict = verdictOfChange(change, targetCut);
  if (verdict === "inconclusive") return because("wide_interval");
  const checks = checksOf(measured).map(([reason, other]) => ({
    reason,
    verdict: other === null ? null : verdictOfChange(other, targetCut),
  }));
  const doubts = checks.filter((other) => sideOf(other.verdict) !== sideOf(verdict));
  if (doubts.length > 0) return because(...doubts.map(({ reason }) => reason));
  const isPartial = checks.some((other) => other.verdict === "partially_effective");
  return { verdict: isPartial ? "partially_effective" : verdict, reasons: [] };
}

function checksOf({
  comparedWith,
  withEmerging,
  withoutLargest,
}: MeasuredChange): [InconclusiveReason, RateChange | null][] {
  const emerging: [InconclusiveReason, RateChange | null] = ["emerging_cases", withEmerging];
  return comparedWith === "exposure" ? [emerging] : [emerging, ["largest_comparator", withoutLargest]];
}

/** That the rate fell is one finding, by how much another. */
function sideOf(verdict: VerdictOfChange | null): VerdictOfChange | null {
  return verdict === "effective" ? "partially_effective" : verdict;
}
