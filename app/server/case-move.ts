import { instantText } from "#app/format.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { findMove, moveCase, undoMove } from "#db/queries/case-moves.ts";
import { isCase } from "#db/queries/cases.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import { wholeNumber } from "./request-view.ts";
import type { Services } from "./services.ts";

/** What the page of a case shows about moving it to another cause. Plain data. */
export interface CaseMoveView {
  /** The causes that it could be moved to, by name. */
  options: { causeId: number; name: string }[];
  hasCause: boolean;
  /** Who moved it, when and why; `null`: it is where the machine has put it. */
  moved: string | null;
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
    hasCause: causeId !== null,
    moved:
      move === undefined
        ? null
        : `Moved on ${instantText(move.made_at, workspace.timeZone)} by ${move.actor}${move.reason === null ? "." : `: ${move.reason}`}`,
  };
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
  if (kind === "undo_move") {
    if (!(await undoMove(db, workspace.id, { caseId, actor })))
      throw notFound("Nobody has moved this case, so there is nothing to undo.");
  } else if (kind === "move") {
    const cause = textField(form, "cause", mostCharacters.cause) ?? "";
    const to = cause === toNone ? null : wholeNumber(cause, "cause");
    const reason = textField(form, "reason", mostCharacters.reason);
    if (!(await moveCase(db, workspace.id, { caseId, to, actor, reason })))
      throw notFound(`There is no cause ${cause} in this workspace that a case could be moved to.`);
  } else throw badRequest(`The decision "${kind ?? ""}" is not known. Expected move or undo_move.`);
  services.forgetSnapshot(workspace.name);
}
