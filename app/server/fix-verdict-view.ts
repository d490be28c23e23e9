import { formatDay } from "#analytics/period.ts";
import type { Regression } from "#analytics/second-fix/find-regression.ts";
import type { RecordedJudgement } from "#analytics/second-fix/recorded-judgement.ts";
import { dateText, instantText } from "#app/format.ts";
import { judgementSentences, regressionSentence, verdictHeadline } from "#app/sentences/fix-sentences.ts";
import { verdictText } from "#app/sentences/fix-words.ts";
import type { Workspace } from "#app/tables/view.ts";
import type { FixVerdict, StandingVerdicts } from "#db/queries/fix-verdicts.ts";

/** A verdict as its page tells it. Plain data. */
export interface VerdictView {
  headline: string;
  sentences: string[];
  /** Who reached it, when, and by what. */
  by: string;
  runHref: string | null;
}

/** The verdicts on a fix that stand, the statistics' beside a person's, and those that were taken back. */
export interface VerdictsView {
  measured: VerdictView | null;
  regressed: VerdictView | null;
  override: VerdictView | null;
  /** Which of them holds. */
  holds: "measured" | "regressed" | "override" | null;
  revoked: string[];
}

export function verdictsView(
  workspace: Workspace,
  { measured, regressed, override, holds }: StandingVerdicts,
  ofFix: readonly FixVerdict[],
): VerdictsView {
  return {
    measured: measured === undefined ? null : measuredView(workspace, measured),
    regressed: regressed === undefined ? null : regressedView(workspace, regressed),
    override: override === undefined ? null : overrideView(workspace, override),
    holds:
      holds === undefined
        ? null
        : holds === override
          ? "override"
          : holds === regressed
            ? "regressed"
            : "measured",
    revoked: ofFix
      .filter((verdict) => verdict.revoked_at !== null)
      .map((verdict) => revokedSentence(verdict, measured !== undefined, workspace)),
  };
}

/** What a look keeps. */
export function judgementOf(measured: FixVerdict): RecordedJudgement {
  return measured.judgement as RecordedJudgement; // by its look, "check" or "window_end"
}

function measuredView(workspace: Workspace, row: FixVerdict): VerdictView {
  const { check, judgement } = judgementOf(row);
  const look = row.look === "check" ? "at the check date" : "at the end of the window";
  return {
    headline: verdictHeadline(row.verdict, check.targetCut),
    sentences: judgementSentences(judgement),
    by: `The statistics, ${look}, by the cases until ${dateText(row.judged_on)}; method ${row.method_id}.`,
    runHref: runHref(workspace, row),
  };
}

function regressedView(workspace: Workspace, row: FixVerdict): VerdictView {
  const regression = row.judgement as Regression; // by its look, "watch"
  return {
    headline: verdictHeadline("regressed", 0.5),
    sentences: [regressionSentence(regression)],
    by: `The statistics, which watch every verified fix; it showed on ${dateText(formatDay(regression.on))}; method ${row.method_id}.`,
    runHref: runHref(workspace, row),
  };
}

function overrideView({ timeZone }: Workspace, row: FixVerdict): VerdictView {
  return {
    headline: `A person says: ${verdictText(row.verdict)}`,
    sentences: [row.reason ?? ""],
    by: `${row.actor}, on ${dateText(row.judged_on)} (kept ${instantText(row.made_at, timeZone)}).`,
    runHref: null,
  };
}

function runHref({ name }: Workspace, { run_id: runId }: FixVerdict): string | null {
  return runId === null ? null : `/w/${encodeURIComponent(name)}/runs/${runId}`;
}

/** What was taken back, when and why, and what came of it. */
function revokedSentence(row: FixVerdict, isJudged: boolean, { timeZone }: Workspace): string {
  const when = instantText(row.revoked_at, timeZone);
  const because = row.revoked_because ?? "";
  if (row.look === "person")
    return `The word of a person, “${verdictText(row.verdict)}” of ${dateText(row.judged_on)} (${row.reason}), was taken back on ${when}. ${because}`;
  const next = isJudged ? "It was judged anew." : "It is judged anew with the next look.";
  return `The verdict “${verdictText(row.verdict)}” of ${dateText(row.judged_on)} was taken back on ${when}: ${because} ${next}`;
}
