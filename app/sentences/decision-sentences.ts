import type { CallScore } from "#analytics/second-fix/score-calls.ts";
import { counted, countText, ratioText } from "#app/format.ts";
import type { LedgerFix } from "#app/pages/ledger.ts";
import { stageText, verdictText } from "./fix-words.ts";

/** The rate since a fix, as the statistics measured it at their look. */
export function measuredSentence({ before, after, change }: NonNullable<LedgerFix["measured"]>): string {
  const counts = `${counted(before.cases, "case")} in ${counted(before.weeks, "week")} before, ${countText(after.cases)} in ${countText(after.weeks)} since`;
  return change === null
    ? `Rate since the fix: not measured; ${counts}.`
    : `Rate since the fix: ${ratioText(change.ratio, change.interval)} times that before, volume taken out; ${counts}.`;
}

/** What became of a decision to fix or to train: the verdict of the second fix that followed it. */
export function followedSentence(fix: LedgerFix | undefined): string {
  if (fix === undefined) return "No second fix followed yet.";
  if (fix.verdict === null)
    return `The second fix “${fix.title}” followed: ${stageText(fix.stage).toLowerCase()}, no verdict yet.`;
  const measured = fix.measured === null ? "" : ` ${measuredSentence(fix.measured)}`;
  return `The second fix “${fix.title}” followed: ${verdictText(fix.verdict)}${fix.isOverride ? " (a person's word)" : ""}.${measured}`;
}

/** What became of a cause that was left as it is. */
export function leftAloneSentence(score: CallScore): string {
  if (!("ratio" in score))
    return score.is === "too_early"
      ? "Too early: under 8 weeks of data since."
      : "Not measured: no case, or too little data of the time before.";
  const counts = `${counted(score.since, "case")} in ${counted(score.daysSince, "day")} since, ${countText(score.before)} in the ${countText(score.daysBefore)} before`;
  if (score.is === "count") return `${counts}.`;
  const subject = score.is === "rate" ? "Rate since" : `The rate ${score.is} since`;
  return `${subject}: ${ratioText(score.ratio.ratio, score.ratio.interval)} times that before; ${counts}. Volume is not taken out.`;
}
