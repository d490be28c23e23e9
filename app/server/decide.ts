import { formatDay, parseDay } from "#analytics/period.ts";
import { changeFix, type FixChange, findSecondFix, moveFix } from "#db/queries/second-fixes.ts";
import { decideTraining } from "#db/queries/training-decisions.ts";
import { makeCall } from "./cause-call.ts";
import { badRequest, conflict, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import type { RequestedSnapshot } from "./request-view.ts";
import { wholeNumber } from "./request-view.ts";
import { loadTrainingQuestions } from "./training-questions.ts";

const mostCharacters = { word: 40, reason: 500 };

/** Why something was decided: it is kept with it. @throws a bad request without one */
export function requiredReason(form: FormData): string {
  const reason = textField(form, "reason", mostCharacters.reason);
  if (reason === null)
    throw badRequest("Say why: the reason is kept with the decision. Go back, and nothing is lost.");
  return reason;
}

/** What the form of an item of the queue says: a call on a cause, a fix to drop or with another due date, or whom to train. */
export async function decideFrom(form: FormData, requested: RequestedSnapshot, actor: string): Promise<void> {
  const kind = textField(form, "decide", mostCharacters.word);
  if (kind === "call") return callFrom(form, requested, actor);
  if (kind === "drop" || kind === "due") return changeFixFrom(form, requested, { kind, actor });
  if (kind !== "training")
    throw badRequest(`The decision “${kind ?? ""}” is not known. Expected call, drop, due or training.`);
  return decideTrainingFrom(form, requested, { causeId: numberOf(form, "cause"), actor });
}

/** Keeps whom the training for a cause is for, with what is recommended now over the months that the queue goes by. */
export async function decideTrainingFrom(
  form: FormData,
  requested: RequestedSnapshot,
  { causeId, actor }: { causeId: number; actor: string },
): Promise<void> {
  const { period, questions } = await loadTrainingQuestions(requested);
  const question = questions.find((one) => one.causeId === causeId);
  if (question === undefined) throw notFound(`Of the cause ${causeId} nobody asks whom to train any more.`);
  const answer = textField(form, "answer", mostCharacters.word);
  if (answer !== "individual" && answer !== "unit" && answer !== "neither")
    throw badRequest(`The answer “${answer ?? ""}” is not known. Expected individual, unit or neither.`);
  const { services, snapshot, today } = requested;
  await decideTraining(services.database.db, snapshot.workspace.id, {
    causeId,
    answer,
    evidence: { from: formatDay(period.start), to: formatDay(period.end), found: question.found },
    reason: requiredReason(form),
    actor,
    decidedOn: formatDay(today),
  });
}

async function callFrom(
  form: FormData,
  { services, snapshot, today }: RequestedSnapshot,
  actor: string,
): Promise<void> {
  const asked = { causeId: numberOf(form, "cause"), form, today, actor };
  const refused = await makeCall(services.database.db, snapshot.workspace.id, asked);
  if (refused !== null) throw badRequest(refused.problem);
}

async function changeFixFrom(
  form: FormData,
  { services, snapshot, today }: RequestedSnapshot,
  { kind, actor }: { kind: "drop" | "due"; actor: string },
): Promise<void> {
  const { db } = services.database;
  const key = { workspaceId: snapshot.workspace.id, fixId: numberOf(form, "fix") };
  const reason = requiredReason(form);
  const fix = await findSecondFix(db, key.workspaceId, key.fixId);
  if (fix === undefined) throw notFound(`There is no second fix ${key.fixId} in this workspace.`);
  if (fix.state !== "draft" && fix.state !== "planned")
    throw conflict(`The second fix ${key.fixId} is in place or dropped by now. Open the page again.`);
  const changed: FixChange =
    kind === "drop"
      ? await moveFix(db, { ...key, actor }, { to: "dropped", reason })
      : await changeFix(
          db,
          { ...key, actor },
          {
            reason,
            fields: {
              kind: fix.kind,
              title: fix.title,
              description: fix.description,
              owner: fix.owner,
              dueOn: laterDay(form, "due_on", today),
              cost:
                fix.cost_minor === null || fix.cost_currency === null
                  ? null
                  : { minor: fix.cost_minor, currency: fix.cost_currency },
              ticketUrl: fix.ticket_url,
            },
          },
        );
  if (changed !== "changed")
    throw conflict(`The second fix ${key.fixId} is in place or dropped by now. Open the page again.`);
}

function laterDay(form: FormData, name: string, today: number): string {
  const text = textField(form, name, mostCharacters.word) ?? "";
  const day = parseDay(text);
  if (day === null || day <= today)
    throw badRequest(
      `“${text}” is not a day to come. Expected one after ${formatDay(today)}, as YYYY-MM-DD.`,
    );
  return text;
}

function numberOf(form: FormData, name: string): number {
  return wholeNumber(textField(form, name, mostCharacters.word) ?? "", name);
}
