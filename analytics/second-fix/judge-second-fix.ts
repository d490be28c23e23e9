import { checkEvidence, type FixEvidence } from "./fix-evidence.ts";
import { afterStart, type FixDates, wholeWeeks } from "./fix-windows.ts";
import { type MeasuredChange, measureChange } from "./measure-change.ts";
import type { RateChange } from "./rate-change.ts";
import { type VerdictOfChange, verdictOfChange } from "./verdict-of-change.ts";

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
 * Source: PRODUCT.md section 7. Cost: that of `measureChange`, twice at most.
 * @param check with `targetCut`, the share of cases that the fix was to take away, 0 < cut < 1
 */
export function judgeSecondFix(check: FixDates & { targetCut: number }, evidence: FixEvidence): Judgement {
  checkEvidence(check, evidence);
  const { dataEnd, after } = evidence;
  const start = afterStart(check);
  if (dataEnd < start) return { verdict: "not_due", reasons: [], closedAt: null, measured: null };
  const weeksSinceDecision = wholeWeeks(check.decidedOn, check.implementedFrom);
  const measure = (weeks: number) =>
    weeks === 0 ? null : measureChange(evidence, weeksSinceDecision, weeks);
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
  const differs = (other: RateChange | null) =>
    other === null || verdictOfChange(other, targetCut) !== verdict;
  const doubts: InconclusiveReason[] = [];
  if (differs(measured.withEmerging)) doubts.push("emerging_cases");
  if (measured.comparedWith === "unfixed_causes" && differs(measured.withoutLargest))
    doubts.push("largest_comparator");
  return doubts.length > 0 ? because(...doubts) : { verdict, reasons: [] };
}
