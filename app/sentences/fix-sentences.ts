import { type Day, formatDay } from "#analytics/period.ts";
import type { Regression } from "#analytics/second-fix/find-regression.ts";
import type { FixAlert, FixStage } from "#analytics/second-fix/fix-stage.ts";
import type { ForetoldCheck } from "#analytics/second-fix/foretell-check.ts";
import type { InconclusiveReason, Judgement } from "#analytics/second-fix/judge-second-fix.ts";
import type { LongBaseline } from "#analytics/second-fix/long-baseline.ts";
import type { MeasuredChange } from "#analytics/second-fix/measure-change.ts";
import type { VerdictOfChange } from "#analytics/second-fix/verdict-of-change.ts";
import {
  chanceText,
  counted,
  dateText,
  expectedText,
  partText,
  rangeText,
  ratioText,
  shareText,
} from "#app/format.ts";

// What the pages of a second fix say. "Since the fix", never "because of it"; and no number is looked at to choose a verb.

/** Of sources whose number of cases a week tells nothing. */
export const artefactSentence =
  "How many cases a week holds depends on how this extract was cut: no rise or fall can be read from it, and no second fix can be judged by it.";

/** A verdict that stands on a second fix. */
export type KnownVerdict = VerdictOfChange | "regressed";

/** The verdict as a claim, with the cut that was wanted. */
export function verdictHeadline(verdict: KnownVerdict, targetCut: number): string {
  const wanted = `${shareText(targetCut)} that was wanted`;
  switch (verdict) {
    case "effective":
      return `Effective: since the fix the cases fell, by the ${wanted} or more`;
    case "partially_effective":
      return `Partially effective: since the fix the cases fell, but not in every count by the ${wanted}`;
    case "not_effective":
      return `Not effective: since the fix the cases did not fall by the ${wanted}`;
    case "harmful":
      return "Harmful: since the fix the cases rose";
    case "inconclusive":
      return "Inconclusive: the cases cannot tell whether they fell since the fix";
    case "regressed":
      return "The cause came back: the cases rose again after the fix had been verified";
  }
}

/** What a measured change rests on: n of both sides, the change with its interval, what it is compared with. */
function measuredSentences({ before, after, change, comparedWith, rawRatio }: MeasuredChange): string[] {
  const counts = `${counted(after.cases, "case")} in ${counted(after.weeks, "week")} since the fix, ${counted(before.cases, "case")} in the ${counted(before.weeks, "week")} before that count.`;
  const volume =
    comparedWith === "exposure"
      ? "Volume is taken out by the exposure series."
      : "Volume is taken out by the causes without a second fix: the change of this cause is divided by theirs.";
  const raw =
    rawRatio === null
      ? null
      : `With nothing taken out it would be ${expectedRatio(rawRatio)} times as many cases a week, which is shown and not judged.`;
  return [
    counts,
    ...(change === null ? [] : [changeSentence(change)]),
    volume,
    ...(raw === null ? [] : [raw]),
  ];
}

/** "62% fewer cases (95% interval: 41–75% fewer)" where all of it is a fall, else as a ratio. */
function changeSentence(change: NonNullable<MeasuredChange["change"]>): string {
  const { ratio, interval } = change;
  if (ratio !== null && interval.high < 1)
    return `Since the fix ${shareText(1 - ratio)} fewer cases a week than before (95% interval: ${rangeText(1 - interval.high, 1 - interval.low)} fewer).`;
  return `Since the fix ${ratioText(ratio, interval)} times as many cases a week as before (95% interval in brackets).`;
}

function expectedRatio(ratio: number): string {
  return ratio < 0.005 ? "0" : ratio.toFixed(2);
}

/** Why a matter stays open, and what follows. */
function reasonSentence(reason: InconclusiveReason): string {
  switch (reason) {
    case "chosen_at_a_peak":
      return "The fix was decided at a peak, and there are too few weeks of history, or too few cases since the call, to tell a fall from the end of the peak.";
    case "nothing_to_compare_with":
      return "There is neither an exposure series nor a cause without a second fix to compare with, so the volume cannot be taken out.";
    case "no_cases":
      return "No case was counted on either side.";
    case "wide_interval":
      return "The interval reaches from a success to a failure: both are possible with so few cases.";
    case "emerging_cases":
      return "Cases that fit no cause yet, and are nearest to this one, would change the verdict if they were counted.";
    case "largest_comparator":
      return "Without the largest of the causes that it is compared with, the verdict would be another.";
  }
}

/** What the watch of a verified fix saw. */
export function regressionSentence({ cases, expected, since, falseAlarm }: Regression): string {
  return `${counted(cases, "case")} from ${dateText(formatDay(since.start))} to ${dateText(formatDay(since.end - 1))}, where the verified rate would have brought ${expectedText(expected)}. Of fixes that hold, ${shareText(falseAlarm)} give such an alarm in a year.`;
}

const smallCounts =
  "Small counts are often inconclusive (20 cases before and 10 after have p = .099): that is a normal and honest state, not a failure of the fix.";

/** The statistics' verdict with its reasons, in sentences. */
export function judgementSentences({ verdict, reasons, measured }: Judgement): string[] {
  return [
    ...reasons.map(reasonSentence),
    ...(measured === null ? [] : measuredSentences(measured)),
    ...(verdict === "inconclusive" ? [smallCounts] : []),
  ];
}

export interface FixDays {
  dueOn: string | null;
  washInEnds: string | null;
  checkOn: string;
  /** Half-open. */
  windowEnd: string;
}

/** What is known of a fix that no verdict stands on. */
export function openSentence(stage: FixStage, days: FixDays): string {
  const looks = `At the check date, ${dateText(days.checkOn)}, harm alone can close the matter; any other verdict waits for the end of the window, ${dateText(days.windowEnd)}, because who looks early sees success too often.`;
  switch (stage) {
    case "draft":
    case "planned":
      return "It is not in place yet, so there is nothing to judge.";
    case "implemented":
      return `No verdict is due: until ${dateText(days.washInEnds)} it washes in, and these days belong to neither side. ${looks}`;
    case "under_observation":
      return `It is too early for a verdict. ${looks}`;
    case "dropped":
      return "It was dropped, and is not judged.";
    case "closed":
    case "reopened":
      return "";
  }
}

export function alertSentence(alert: FixAlert, { dueOn, checkOn, windowEnd }: FixDays): string {
  switch (alert) {
    case "overdue":
      return `It was to be in place by ${dateText(dueOn)}: go on, change or drop it.`;
    case "check_due":
      return `The check date, ${dateText(checkOn)}, is past, and harm was not seen. The verdict comes with the end of the window, ${dateText(windowEnd)}.`;
    case "verdict_overdue":
      return `The window ended on ${dateText(windowEnd)}, and there is no verdict: the data may not reach its end yet, or the cause cannot be counted by the current run.`;
    case "not_working":
      return "Since the fix the cases rose, or did not fall by what was wanted: another second fix, another call?";
    case "returned":
      return "The cause came back after the fix had been verified: it is open again.";
  }
}

/** When the check could tell something, or why it could not. */
export function foretoldSentences(
  foretold: ForetoldCheck | null,
  { knownOn, windowEnd, targetCut }: { knownOn: string | null; windowEnd: string; targetCut: number },
): string[] {
  if (foretold === null)
    return [
      "There is no honest baseline yet: fixes are decided at peaks, and there are too few weeks of history, or too few cases since the call, to outweigh one. As things are, the verdict would be inconclusive.",
    ];
  const { isComparable, weeks } = foretold;
  if (!isComparable)
    return [
      "There is neither an exposure series nor a cause without a second fix to compare with: the verdict would be inconclusive.",
    ];
  if (weeks === null || knownOn === null)
    return [
      `With these volumes a cut of ${shareText(targetCut)} cannot be known within 104 weeks: choose another target, or measure this fix by something that happens more often.`,
    ];
  const tooLate =
    knownOn > windowEnd
      ? ` The window ends before that, on ${dateText(windowEnd)}: a later end is wiser, or the verdict will likely be inconclusive.`
      : ` The verdict comes with the end of the window, ${dateText(windowEnd)}.`;
  return [
    `With these volumes we can know on ${dateText(knownOn)}, ${counted(weeks, "week")} after the wash-in: by then a verdict is reached with 80% probability if the fix makes the cut of ${shareText(targetCut)}.${tooLate}`,
  ];
}

/** What not a single case would show: the rule of three, as a sentence and never as a date. */
export function noCaseSentence(days: number): string {
  return `Not a single case in ${counted(days, "day")} would show that there are at most ${perDayText(3 / days)} a day (95%, one-sided).`;
}

function perDayText(rate: number): string {
  return rate < 0.001 ? "less than 0.001" : rate.toPrecision(2);
}

/**
 * The weeks that a fix is compared with, in words.
 * @param stepOn the day of the step that begins them; `null`: none does
 */
export function baselineSentence({
  weeks,
  cases,
  basis,
  step,
  stepOn,
}: Pick<LongBaseline, "basis" | "step"> & { weeks: number; cases: number; stepOn: Day | null }): string {
  return `Compared with ${counted(weeks, "week")} and ${counted(cases, "case")} before: ${whichWeeks(basis, step, stepOn)}.`;
}

function whichWeeks(basis: LongBaseline["basis"], step: LongBaseline["step"], stepOn: Day | null): string {
  if (basis === "since_decision")
    return "only those since the call, because the history is too short to outweigh a peak";
  if (step === null || stepOn === null) return "no step of the rate was found in them";
  return `from ${dateText(formatDay(stepOn))} on, where the rate stepped (exact test, p ${step.p < 0.001 ? "" : "= "}${chanceText(step.p)})`;
}

/** How much of all cases has a cause. */
export function captureSentence(
  before: { captureRate: number; emerging: number | null; cases: number },
  since: { captureRate: number; emerging: number | null; cases: number } | null,
): string {
  const both = (text: (side: typeof before) => string) =>
    since === null ? `${text(before)} before` : `${text(before)} before, ${text(since)} since`;
  const captured = `Of all cases, a cause is known of ${both(({ captureRate }) => shareText(captureRate))}.`;
  if (before.emerging === null) return captured;
  const share = ({ emerging, cases }: typeof before) => {
    const n = cases + (emerging ?? 0);
    return n === 0 ? "none" : `${partText(emerging ?? 0, n)} (${shareText((emerging ?? 0) / n)})`;
  };
  return `${captured} Emerging cases nearest to this cause, of its cases and these: ${both(share)}.`;
}
