import { type Kysely, sql, type Transaction } from "kysely";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";
import { recordEdit } from "./human-edits.ts";

/**
 * A person's word on where a case belongs is kept apart from what the machine finds, as a merge is: the machine goes on
 * to put the case where it would, and everything that reads causes sees it where the person has put it. So it holds in
 * every later run, and taking it back brings back what the machine says.
 */
export interface CaseMove {
  /** The cause that it was moved to; `null`: to none. */
  to: number | null;
  made_at: string;
  actor: string;
  reason: string | null;
}

/** By case that a person has moved: its cause, `null` for none. */
export async function loadMoves(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<Map<string, number | null>> {
  const rows = await standingMoves(db, workspaceId).execute();
  return new Map(rows.map((row) => [row.case_id ?? "", targetOf(row.detail)]));
}

export async function findMove(
  db: Kysely<Schema>,
  workspaceId: number,
  caseId: string,
): Promise<CaseMove | undefined> {
  const row = await standingMoves(db, workspaceId).where("case_id", "=", caseId).executeTakeFirst();
  if (row === undefined) return undefined;
  const { detail, made_at, actor, reason } = row;
  return { to: targetOf(detail), made_at, actor, reason };
}

export interface MoveDecision {
  caseId: string;
  to: number | null;
  actor: string;
  reason: string | null;
}

/** Moves a case, wherever it was moved before. False where there is no such cause: then nothing is done. */
export async function moveCase(
  db: Kysely<Schema>,
  workspaceId: number,
  { caseId, to, actor, reason }: MoveDecision,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId);
    if (to !== null && !(await isCause(tx, workspaceId, to))) return false;
    const before = await findMove(tx, workspaceId, caseId);
    await endMove(tx, workspaceId, caseId);
    const detail = { to: to === null ? null : String(to) };
    await recordEdit(tx, workspaceId, { kind: "move", causeId: to ?? 0, caseId, detail, actor, reason });
    await recordAudit(tx, workspaceId, {
      actor,
      action: "case.move",
      objectType: "case",
      objectId: caseId,
      before: { moved_to: before?.to ?? null },
      after: { moved_to: to, reason },
    });
    return true;
  });
}

/** Gives a case back to the machine. False where nobody has moved it. */
export async function undoMove(
  db: Kysely<Schema>,
  workspaceId: number,
  { caseId, actor }: { caseId: string; actor: string },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId);
    const before = await findMove(tx, workspaceId, caseId);
    if (before === undefined) return false;
    await endMove(tx, workspaceId, caseId);
    await recordAudit(tx, workspaceId, {
      actor,
      action: "case.undo_move",
      objectType: "case",
      objectId: caseId,
      before: { moved_to: before.to },
      after: null,
    });
    return true;
  });
}

function standingMoves(db: Kysely<Schema>, workspaceId: number) {
  return db
    .selectFrom("human_edits")
    .select(["case_id", "detail", "made_at", "actor", "reason"])
    .where("workspace_id", "=", workspaceId)
    .where("kind", "=", "move")
    .where("undone_at", "is", null);
}

function targetOf({ to }: Record<string, string | null>): number | null {
  return to == null ? null : Number(to);
}

async function isCause(tx: Transaction<Schema>, workspaceId: number, causeId: number): Promise<boolean> {
  const found = await tx
    .selectFrom("causes")
    .select("cause_id")
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "=", causeId)
    .where("merged_into", "is", null)
    .executeTakeFirst();
  return found !== undefined;
}

async function endMove(tx: Transaction<Schema>, workspaceId: number, caseId: string): Promise<void> {
  await tx
    .updateTable("human_edits")
    .set({ undone_at: sql<string>`now()` })
    .where("workspace_id", "=", workspaceId)
    .where("kind", "=", "move")
    .where("case_id", "=", caseId)
    .where("undone_at", "is", null)
    .execute();
}
