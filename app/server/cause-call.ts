import { type Call, calls } from "#analytics/case.ts";
import { type Day, formatDay, parseDay } from "#analytics/period.ts";
import { fixStage } from "#analytics/second-fix/fix-stage.ts";
import { textIn } from "#app/fixes/form-fields.ts";
import { dateText, instantText, words } from "#app/format.ts";
import { stageText, verdictText } from "#app/sentences/fix-words.ts";
import type { Workspace } from "#app/tables/view.ts";
import { type CauseCall, callCause, loadCalls } from "#db/queries/cause-calls.ts";
import { listVerdicts, standingVerdicts } from "#db/queries/fix-verdicts.ts";
import { listFixesOfCause } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";
import { fixHref } from "./fix-view.ts";
import { notFound } from "./http-errors.ts";
import { stateOfFix } from "./ledger.ts";

/** What is decided of a cause, and what came of it. Plain data. */
export interface CauseCallView {
  /** The call that holds. */
  standing: { call: Call; sentence: string; reason: string; by: string } | null;
  fixes: CauseFix[];
  newFixHref: string;
  today: string;
}

/** A second fix in the list of its cause. */
export interface CauseFix {
  title: string;
  href: string;
  /** Kind and owner. */
  what: string;
  description: string;
  /** Its stage, and its verdict where one stands. */
  state: string;
  /** `null` until it is in place. */
  implementedOn: string | null;
}

/** What was typed of a call that could not be kept. */
export interface CallRefused {
  problem: string;
  typed: { call: string; until: string; reason: string };
}

export async function causeCallView(
  db: Database,
  workspace: Workspace,
  { causeId, today }: { causeId: number; today: Day },
): Promise<CauseCallView> {
  const call = (await loadCalls(db, workspace.id)).get(causeId);
  return {
    standing: call === undefined ? null : standingCall(call, today, workspace.timeZone),
    fixes: await fixesOf(db, workspace, { causeId, today }),
    newFixHref: fixHref(workspace.name, `new?cause=${causeId}`),
    today: formatDay(today),
  };
}

function standingCall(
  { call, review_on: reviewOn, called_on: calledOn, made_at: madeAt, reason, actor }: CauseCall,
  today: Day,
  timeZone: string,
): NonNullable<CauseCallView["standing"]> {
  const isDue = reviewOn !== null && reviewOn <= formatDay(today);
  const accepted = isDue
    ? `The risk was accepted until ${dateText(reviewOn)}, which is past: accept it again, or fix it?`
    : `The risk is accepted until ${dateText(reviewOn)}.`;
  const sentence = {
    fix: "The call is to fix it.",
    watch: "The call is to watch it.",
    accept: accepted,
  }[call];
  return {
    call,
    sentence,
    reason,
    by: `${actor}, on ${dateText(calledOn)} (kept ${instantText(madeAt, timeZone)})`,
  };
}

async function fixesOf(
  db: Database,
  workspace: Workspace,
  { causeId, today }: { causeId: number; today: Day },
): Promise<CauseFix[]> {
  const fixes = await listFixesOfCause(db, workspace.id, causeId);
  const verdicts = fixes.length === 0 ? [] : await listVerdicts(db, workspace.id);
  return fixes.map((fix) => {
    const { verdict, override } = standingVerdicts(verdicts, fix.fix_id);
    const stage = stageText(fixStage(stateOfFix(fix, verdict), today));
    const by = override === undefined ? "" : ", by a person’s word";
    return {
      title: fix.title,
      href: fixHref(workspace.name, String(fix.fix_id)),
      what: `${words(fix.kind)}${fix.owner === null ? "" : `, ${fix.owner}`}`,
      description: fix.description,
      state: verdict === null ? stage : `${stage}: ${verdictText(verdict)}${by}`,
      implementedOn: fix.implemented_on,
    };
  });
}

const mostCharacters = 500;

/** Keeps a call that a form asks for; else a sentence says why not, and nothing that was typed is lost. */
export async function makeCall(
  db: Database,
  workspaceId: number,
  asked: { causeId: number; form: FormData; today: Day; actor: string },
): Promise<CallRefused | null> {
  const { causeId, form, today, actor } = asked;
  const typed = {
    call: textIn(form, "call"),
    until: textIn(form, "until"),
    reason: textIn(form, "reason"),
  };
  const call = calls.find((known) => known === typed.call);
  const until = call === "accept" ? parseDay(typed.until) : null;
  const problem = problemOf(typed, call, until, today);
  if (problem !== null || call === undefined) return { problem: problem ?? "", typed };
  const isKept = await callCause(db, workspaceId, causeId, {
    call,
    calledOn: formatDay(today),
    reviewOn: until === null ? null : formatDay(until),
    reason: typed.reason,
    actor,
  });
  if (!isKept)
    throw notFound(`There is no cause ${causeId} in this workspace, or it was merged into another.`);
  return null;
}

function problemOf(
  typed: CallRefused["typed"],
  call: Call | undefined,
  until: Day | null,
  today: Day,
): string | null {
  if (call === undefined) return `The call is “${typed.call}”. Expected one of ${calls.join(", ")}.`;
  if (typed.reason === "") return "The reason is empty. Expected a sentence: it is kept with the call.";
  if (typed.reason.length > mostCharacters)
    return `The reason has ${typed.reason.length} characters. Expected at most ${mostCharacters}.`;
  if (call === "accept" && until === null)
    return `The risk is to be accepted until “${typed.until}”. Expected a date like 2027-03-31.`;
  if (until !== null && until <= today)
    return `The risk is to be accepted until ${dateText(typed.until)}. Expected a day after today, ${dateText(formatDay(today))}.`;
  return null;
}
