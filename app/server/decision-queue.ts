import { type Day, formatDay, parseDay, parseQuarter } from "#analytics/period.ts";
import type { CallScore } from "#analytics/second-fix/score-calls.ts";
import { counted, dateText, quarterText } from "#app/format.ts";
import type { CauseSince, UndecidedCause } from "#app/pages/decisions.ts";
import type { LedgerFix } from "#app/pages/ledger.ts";
import { measuredSentence } from "#app/sentences/decision-sentences.ts";
import { alertWords, verdictText } from "#app/sentences/fix-words.ts";
import { answerText, recommendationSentence, trainingWarnings } from "#app/sentences/training-sentences.ts";
import { calendarOf } from "#app/tables/view.ts";
import { type CauseCall, listCalls, listRisksDue, type RiskDue } from "#db/queries/cause-calls.ts";
import { loadRoots } from "#db/queries/cause-roots.ts";
import { listVerdicts, standingVerdicts } from "#db/queries/fix-verdicts.ts";
import { listTrainingDecisions, type TrainingDecision } from "#db/queries/training-decisions.ts";
import { loadLedger } from "./ledger.ts";
import type { RequestedSnapshot } from "./request-view.ts";
import { recommendationMoved } from "./training-moved.ts";
import { loadTrainingQuestions, type TrainingQuestion } from "./training-questions.ts";

/** What only somebody with authority can settle. */
export interface QueueItem {
  /** The only one of its kind: of a fix its number, else of a cause. */
  key: string;
  kind: "not_working" | "returned" | "overdue" | "risk_due" | "training" | "undecided";
  /** A question in one sentence. */
  sentence: string;
  evidence: string[];
  href: string;
  causeId: number;
  fixId: number | null;
}

export type RootedCall = CauseCall & { root_cause_id: number };

/** All that is known of the decisions of a workspace. */
export interface Decisions {
  queue: QueueItem[];
  calls: RootedCall[];
  trainings: TrainingDecision[];
  fixes: LedgerFix[];
  nameOf: (causeId: number) => string;
  /** Of calls to watch or to accept, and of trainings decided for nobody: by `scoreKey`. */
  scores: ReadonlyMap<string, CallScore>;
}

/** The queue and what was decided before: the page of decisions and the summary ask here. */
export async function loadDecisions(requested: RequestedSnapshot): Promise<Decisions> {
  const { services, snapshot, page, today } = requested;
  const { workspace, facts } = snapshot;
  const { db } = services.database;
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  const roots = await loadRoots(db, workspace.id);
  const calls = (await listCalls(db, workspace.id)).map((call) => ({
    ...call,
    root_cause_id: roots.get(call.cause_id) ?? call.cause_id,
  }));
  const trainings = await listTrainingDecisions(db, workspace.id);
  const { fixes } = await loadLedger(db, workspace.id, today);
  const settled = new Set([
    ...calls.map((call) => call.root_cause_id),
    ...fixes.filter(({ implementedTo }) => implementedTo !== null).map(({ causeId }) => causeId),
  ]);
  const leftAlone = sinceDecisions(calls, trainings);
  const shown = await page("decisions", {
    today,
    settled,
    since: leftAlone.map(({ since }) => since),
  });
  const names = new Map(facts.causes.flatMap((cause) => (cause ? [[cause.causeId, cause.name]] : [])));
  const nameOf = (causeId: number) => names.get(causeId) ?? `cause ${causeId}`;
  const { questions } = await loadTrainingQuestions(requested);
  const judgedOn = await loadJudgedDays(requested);
  const around = { base, nameOf };
  return {
    queue: [
      ...fixes.flatMap((fix) => fixItem(fix, { ...around, calls, fixes, judgedOn: judgedOn.get(fix.fixId) })),
      ...(await listRisksDue(db, workspace.id, formatDay(today))).map((risk) => riskItem(risk, around)),
      ...trainingItems(questions, trainings, around),
      ...shown.undecided.map((cause) =>
        undecidedItem(cause, {
          ...around,
          quarter: quarterName(shown.quarter, calendarOf(snapshot, today).fiscalStart),
        }),
      ),
    ],
    calls,
    trainings,
    fixes: [...fixes],
    nameOf,
    scores: new Map(leftAlone.map(({ key }, i) => [key, shown.scores[i]!])),
  };
}

/** The name of a score. */
export function scoreKey(kind: "call" | "training", id: number): string {
  return `${kind} ${id}`;
}

/** Whether a second fix came after a day: a draft keeps the day of its call, which may be older than what it answers. */
export function followsSince({ isDropped, openedOn, implementedTo }: LedgerFix, day: Day): boolean {
  return !isDropped && (openedOn >= day || implementedTo === null || implementedTo >= day);
}

interface Around {
  base: string;
  nameOf: (causeId: number) => string;
}

/** Decisions that leave a cause as it is, each until the next call on it. */
function sinceDecisions(
  calls: readonly RootedCall[],
  trainings: readonly TrainingDecision[],
): { key: string; since: CauseSince }[] {
  const made = [
    ...calls.map((call) => ({
      key: scoreKey("call", call.call_id),
      causeId: call.root_cause_id,
      day: parseDay(call.called_on)!,
      isLeft: call.call !== "fix",
    })),
    ...trainings.map((one) => ({
      key: scoreKey("training", one.decision_id),
      causeId: one.root_cause_id,
      day: parseDay(one.decided_on)!,
      isLeft: one.answer === "neither",
    })),
  ];
  return made
    .filter(({ isLeft }) => isLeft)
    .map(({ key, causeId, day }) => {
      const later = made
        .filter((other) => other.causeId === causeId && other.day > day)
        .map((one) => one.day);
      return { key, since: { causeId, day, until: later.length === 0 ? null : Math.min(...later) } };
    });
}

/** By fix: the day of the verdict that stands. */
async function loadJudgedDays({ services, snapshot }: RequestedSnapshot): Promise<Map<number, Day>> {
  const verdicts = await listVerdicts(services.database.db, snapshot.workspace.id);
  return new Map(
    [...new Set(verdicts.map((verdict) => verdict.fix_id))].flatMap((fixId) => {
      const { holds } = standingVerdicts(verdicts, fixId);
      const day = parseDay(holds?.judged_on ?? "");
      return day === null ? [] : [[fixId, day]];
    }),
  );
}

/** A fix that somebody has to decide about; a verdict that was answered by a later call, or by another fix, is settled. */
function fixItem(
  fix: LedgerFix,
  around: Around & { calls: readonly RootedCall[]; fixes: readonly LedgerFix[]; judgedOn: Day | undefined },
): QueueItem[] {
  const { alert, causeId, fixId, title } = fix;
  if (alert !== "overdue" && alert !== "not_working" && alert !== "returned") return [];
  const { base, nameOf, calls, fixes, judgedOn = 0 } = around;
  const isAnswered =
    alert !== "overdue" &&
    (calls.some((call) => call.root_cause_id === causeId && parseDay(call.called_on)! >= judgedOn) ||
      fixes.some((other) => other !== fix && other.causeId === causeId && followsSince(other, judgedOn)));
  if (isAnswered) return [];
  const due = fix.dueOn === null ? "" : ` on ${dateText(formatDay(fix.dueOn))}`;
  return [
    {
      key: `fix ${fixId}`,
      kind: alert,
      sentence:
        alert === "overdue"
          ? `“${title}” was due${due}: go on, change or drop it?`
          : `“${title}” ${alertWords[alert].split(":")[0]}: what comes next?`,
      evidence: [
        `A second fix of “${nameOf(causeId)}”. Owner: ${fix.owner ?? "nobody"}.${fix.verdict === null ? "" : ` Verdict: ${verdictText(fix.verdict)}.`}`,
        ...(fix.measured === null ? [] : [measuredSentence(fix.measured)]),
      ],
      href: `${base}/fixes/${fixId}`,
      causeId,
      fixId,
    },
  ];
}

function riskItem({ causeId, name, reviewOn }: RiskDue, { base }: Around): QueueItem {
  return {
    key: `cause ${causeId}`,
    kind: "risk_due",
    sentence: `The risk of “${name}” was accepted until ${dateText(reviewOn)}: accept it again, or fix it?`,
    evidence: [],
    href: `${base}/causes/${causeId}`,
    causeId,
    fixId: null,
  };
}

/** Those that can be answered come first; one without a recommendation is no question, since nothing can be decided from it. */
function trainingItems(
  questions: readonly TrainingQuestion[],
  trainings: readonly TrainingDecision[],
  { base }: Around,
): QueueItem[] {
  const wanted = questions.flatMap((question) => {
    const { causeId, name, found } = question;
    const last = trainings.findLast((one) => one.root_cause_id === causeId);
    if (found.answer === null || (last !== undefined && !recommendationMoved(last, found))) return [];
    const moved =
      last === undefined
        ? ""
        : ` Decided on ${dateText(last.decided_on)}; the recommendation has changed since.`;
    const item: QueueItem = {
      key: `training ${causeId}`,
      kind: "training",
      sentence: `“${name}”: a quiet talk, a training for the unit, or neither? Recommended: ${answerText(found.answer)}.`,
      evidence: [`${recommendationSentence(found)}${moved}`, ...trainingWarnings(found)],
      href: `${base}/staff/${causeId}`,
      causeId,
      fixId: null,
    };
    return [{ item, isTold: found.answer !== "cannot_tell" }];
  });
  return wanted.toSorted((a, b) => Number(b.isTold) - Number(a.isTold)).map(({ item }) => item);
}

function undecidedItem(
  { causeId, name, cases }: UndecidedCause,
  { base, quarter }: Around & { quarter: string },
): QueueItem {
  return {
    key: `cause ${causeId}`,
    kind: "undecided",
    sentence: `“${name}”: ${counted(cases, "case")} in ${quarter} and nobody has decided about it: fix, watch or accept?`,
    evidence: [],
    href: `${base}/causes/${causeId}`,
    causeId,
    fixId: null,
  };
}

function quarterName(quarter: string | null, fiscalStart: number): string {
  const period = quarter === null ? null : parseQuarter(quarter, fiscalStart);
  return period === null ? "the latest quarter" : quarterText(period, fiscalStart);
}
