import { instantText } from "#app/format.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { type CaseMove, findMove, moveCase, pinCase, undoMove } from "#db/queries/case-moves.ts";
import { isCase } from "#db/queries/cases.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import { wholeNumber } from "./request-view.ts";
import type { Services } from "./services.ts";

/** What the page of a case shows about where a person says that it belongs. Plain data. */
export interface CaseMoveView {
  /** The causes that it could be moved to, by name. */
  options: { causeId: number; name: string }[];
  /** The cause that it is in; `null`: in none. */
  causeId: number | null;
  /** Who put it there, when and why; `null`: it is where the machine has put it. */
  said: string | null;
  /** What can be taken back here; what was said of it with others is taken back on the page of its cause. */
  undo: "move" | "pin" | null;
}

export async function caseMoveView(
  services: Services,
  { workspace, facts }: Snapshot,
  { caseId, causeId }: { caseId: string; causeId: number | null },
): Promise<CaseMoveView> {
  const move = await findMove(services.database.db, workspace.id, caseId);
  const others = facts.causes.flatMap((cause) =>
    cause === undefined || cause.causeId === causeId ? [] : [{ causeId: cause.causeId, name: cause.name }],
  );
  return {
    options: others.sort((a, b) => a.name.localeCompare(b.name, "en")),
    causeId,
    said: move === undefined ? null : saidText(move, workspace.timeZone),
    undo: move?.kind === "move" || move?.kind === "pin" ? move.kind : null,
  };
}

const beginnings: Record<CaseMove["kind"], string> = {
  move: "Moved",
  pin: "Confirmed here",
  split: "Put here as its cause was split",
  promote: "Put here as its cause was made of emerging cases",
};

function saidText({ kind, made_at, actor, reason }: CaseMove, timeZone: string): string {
  return `${beginnings[kind]} on ${instantText(made_at, timeZone)} by ${actor}${reason === null ? "." : `: ${reason}`}`;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function refuseStrangeId(caseId: string): void {
  if (!uuid.test(caseId))
    throw notFound(`"${caseId}" is not the id of a case. The list of cases leads to each.`);
}

const actor = "local user";
const mostCharacters = { kind: 20, cause: 20, reason: 500 };
const toNone = "none";

/** Does what the form of a case's page asks for. */
export async function changeMove(
  services: Services,
  workspace: Snapshot["workspace"],
  { caseId, form }: { caseId: string; form: FormData },
): Promise<void> {
  const { db } = services.database;
  if (!(await isCase(db, workspace.id, caseId))) throw notFound("This workspace has no case with that id.");
  const kind = textField(form, "kind", mostCharacters.kind);
  if (kind === "undo_move") await takeBack(services, workspace, caseId);
  else if (kind === "move" || kind === "pin") {
    const cause = textField(form, "cause", mostCharacters.cause) ?? "";
    const to = kind === "move" && cause === toNone ? null : wholeNumber(cause, "cause");
    const decision = { caseId, to, actor, reason: textField(form, "reason", mostCharacters.reason) };
    if (kind === "move" && !(await moveCase(db, workspace.id, decision)))
      throw notFound(`There is no cause ${cause} in this workspace that a case could be moved to.`);
    if (kind === "pin" && !(await pinCase(db, workspace.id, decision)))
      throw badRequest(`The case does not belong to the cause ${cause} any more. Open its page again.`);
  } else
    throw badRequest(
      `The decision "${kind ?? ""}" is not known. Expected move, pin, undo_move, contribute or undo_contribute.`,
    );
  services.forgetSnapshot(workspace.name);
}

/** Takes back what a person said of a case by itself, from its own page or from that of its cause. */
export async function takeBack(
  services: Services,
  workspace: Snapshot["workspace"],
  caseId: string,
): Promise<void> {
  refuseStrangeId(caseId);
  if (!(await undoMove(services.database.db, workspace.id, { caseId, actor })))
    throw notFound("Nobody has moved or confirmed this case, so there is nothing to undo.");
  services.forgetSnapshot(workspace.name);
}
