import { type Expression, type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { formatDay, type Period } from "#analytics/period.ts";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";
import { loadRoots } from "./cause-roots.ts";
import { recordEdit } from "./human-edits.ts";

/**
 * A person's word on where a case belongs lies over what the machine finds, as a merge does: everything that reads causes
 * sees the case where the person has put it, and taking the word back shows what the machine says. Each later run takes
 * the words as anchors besides, so that cases like it follow.
 *
 * A case is moved to another cause, pinned to the one that it is in, or it lay in a cause that was split, or a cause was
 * made of it and other emerging cases. The latest word that stands holds.
 */
export interface CaseMove {
  kind: "move" | "pin" | "split" | "promote";
  /** The cause that it belongs to; `null`: to none. */
  to: number | null;
  made_at: string;
  actor: string;
  reason: string | null;
}

/** Of which cases the words are asked for: those that happened on some days, or these. */
export type MovesOf = { days: Period } | { caseIds: readonly string[] };

/**
 * By case that a person has spoken of: its cause, `null` for none.
 * @param of all cases unless said otherwise
 */
export async function loadMoves(
  db: Kysely<Schema>,
  workspaceId: number,
  of?: MovesOf,
): Promise<Map<string, number | null>> {
  const isAsked = (caseId: string) => isCaseOf(sql.ref(caseId), workspaceId, of);
  const single = await standingMoves(db, workspaceId).where(isAsked("case_id")).execute();
  const split = await standingSplitCases(db, workspaceId).where(isAsked("s.case_id")).execute();
  const said = [
    ...single.map((row) => ({ edit: row.edit_id, caseId: row.case_id ?? "", to: targetOf(row.detail) })),
    ...split.map((row) => ({ edit: row.edit_id, caseId: row.case_id, to: row.cause_id })),
  ];
  said.sort((a, b) => a.edit - b.edit);
  return new Map(said.map(({ caseId, to }) => [caseId, to]));
}

function isCaseOf(
  caseId: Expression<unknown>,
  workspaceId: number,
  of: MovesOf | undefined,
): RawBuilder<boolean> {
  if (of === undefined) return sql`true`;
  if ("caseIds" in of) return sql`${caseId} = any(${of.caseIds}::uuid[])`;
  const { start, end } = of.days;
  return sql`${caseId} in (select c.case_id from cases c where c.workspace_id = ${workspaceId}
    and c.incidence_day >= ${formatDay(start)}::date and c.incidence_day < ${formatDay(end)}::date)`;
}

/** The cases that a run must keep where people have put them: what was moved to no cause anchors nothing. */
export async function loadAnchors(db: Kysely<Schema>, workspaceId: number): Promise<Map<string, number>> {
  const moves = await loadMoves(db, workspaceId);
  return new Map([...moves].flatMap(([caseId, to]) => (to === null ? [] : [[caseId, to] as const])));
}

/** The word on a case that holds. */
export async function findMove(
  db: Kysely<Schema>,
  workspaceId: number,
  caseId: string,
): Promise<CaseMove | undefined> {
  const single = await standingMoves(db, workspaceId).where("case_id", "=", caseId).executeTakeFirst();
  const split = await standingSplitCases(db, workspaceId)
    .where("s.case_id", "=", caseId)
    .orderBy("s.edit_id", "desc")
    .executeTakeFirst();
  if (split !== undefined && split.edit_id > (single?.edit_id ?? 0)) {
    const { cause_id: to, made_at, actor, reason } = split;
    return { kind: split.kind === "promote" ? "promote" : "split", to, made_at, actor, reason };
  }
  if (single === undefined) return undefined;
  const { kind, detail, made_at, actor, reason } = single;
  return { kind: kind === "pin" ? "pin" : "move", to: targetOf(detail), made_at, actor, reason };
}

/** A case that a person has put into a cause by itself. */
export interface PinnedCase {
  case_id: string;
  source_case_id: string;
  kind: "move" | "pin";
  made_at: string;
  actor: string;
  reason: string | null;
}

/** The cases that were pinned or moved to a cause, or to one that is merged into it; the latest first. */
export async function listPinned(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<PinnedCase[]> {
  const roots = await loadRoots(db, workspaceId);
  const holding = await loadMoves(db, workspaceId);
  const rows = await db
    .selectFrom("human_edits as e")
    .innerJoin("cases as c", (join) =>
      join.onRef("c.workspace_id", "=", "e.workspace_id").onRef("c.case_id", "=", "e.case_id"),
    )
    .select(["c.case_id", "c.source_case_id", "e.kind", "e.detail", "e.made_at", "e.actor", "e.reason"])
    .where("e.workspace_id", "=", workspaceId)
    .where("e.kind", "in", ["move", "pin"])
    .where("e.undone_at", "is", null)
    .orderBy("e.edit_id", "desc")
    .execute();
  return rows.flatMap(({ detail, kind, ...row }) => {
    const to = targetOf(detail);
    const isHere = to !== null && (roots.get(to) ?? to) === causeId && holding.get(row.case_id) === to;
    return isHere ? [{ ...row, kind: kind === "pin" ? ("pin" as const) : ("move" as const) }] : [];
  });
}

export interface MoveDecision {
  caseId: string;
  to: number | null;
  actor: string;
  reason: string | null;
}

/** Moves a case, wherever it was put before. False where there is no such cause: then nothing is done. */
export async function moveCase(
  db: Kysely<Schema>,
  workspaceId: number,
  decision: MoveDecision,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId, { causesOf: [decision.caseId] });
    if (decision.to !== null && !(await isCause(tx, workspaceId, decision.to))) return false;
    await keepWord(tx, workspaceId, "move", decision);
    return true;
  });
}

/**
 * Confirms that a case belongs to the cause that it is in, which must be `to`. Where causes are merged, the pin is to
 * the very one of them that the case is in, so that it stays with it when the merge is undone. False where the case is
 * in another cause, or in none: then nothing is done.
 */
export async function pinCase(
  db: Kysely<Schema>,
  workspaceId: number,
  { to, ...decision }: MoveDecision,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId, { causesOf: [decision.caseId] });
    const word = await findMove(tx, workspaceId, decision.caseId);
    const own =
      word === undefined
        ? (await loadOwnCauses(tx, workspaceId, [decision.caseId])).get(decision.caseId)
        : word.to;
    if (own == null || ((await loadRoots(tx, workspaceId)).get(own) ?? own) !== to) return false;
    await keepWord(tx, workspaceId, "pin", { ...decision, to: own });
    return true;
  });
}

/** Takes back the word on a case by itself. False where nobody has moved or pinned it. */
export async function undoMove(
  db: Kysely<Schema>,
  workspaceId: number,
  { caseId, actor }: { caseId: string; actor: string },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId, { causesOf: [caseId] });
    const before = await standingMoves(tx, workspaceId).where("case_id", "=", caseId).executeTakeFirst();
    if (before === undefined) return false;
    await endMove(tx, workspaceId, caseId);
    await recordAudit(tx, workspaceId, {
      actor,
      action: `case.undo_${before.kind}`,
      objectType: "case",
      objectId: caseId,
      before: { moved_to: targetOf(before.detail) },
      after: null,
    });
    return true;
  });
}

/** By case: where the current run of the machine has it, whatever people say. */
export async function loadOwnCauses(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("case_causes as a")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.id", "=", "a.workspace_id").onRef("w.current_run_id", "=", "a.run_id"),
    )
    .select(["a.case_id", "a.cause_id"])
    .where("a.workspace_id", "=", workspaceId)
    .where(sql<boolean>`a.case_id = any(${caseIds}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.cause_id]));
}

async function keepWord(
  tx: Transaction<Schema>,
  workspaceId: number,
  kind: "move" | "pin",
  { caseId, to, actor, reason }: MoveDecision,
): Promise<void> {
  const before = await findMove(tx, workspaceId, caseId);
  await endMove(tx, workspaceId, caseId);
  const detail = { to: to === null ? null : String(to) };
  await recordEdit(tx, workspaceId, { kind, causeId: to ?? 0, caseId, detail, actor, reason });
  await recordAudit(tx, workspaceId, {
    actor,
    action: `case.${kind}`,
    objectType: "case",
    objectId: caseId,
    before: { moved_to: before?.to ?? null },
    after: { moved_to: to, reason },
  });
}

function standingMoves(db: Kysely<Schema>, workspaceId: number) {
  return db
    .selectFrom("human_edits")
    .select(["edit_id", "kind", "case_id", "detail", "made_at", "actor", "reason"])
    .where("workspace_id", "=", workspaceId)
    .where("kind", "in", ["move", "pin"])
    .where("undone_at", "is", null);
}

function standingSplitCases(db: Kysely<Schema>, workspaceId: number) {
  return db
    .selectFrom("split_cases as s")
    .innerJoin("human_edits as e", (join) =>
      join.onRef("e.workspace_id", "=", "s.workspace_id").onRef("e.edit_id", "=", "s.edit_id"),
    )
    .select(["s.edit_id", "s.case_id", "s.cause_id", "e.kind", "e.made_at", "e.actor", "e.reason"])
    .where("s.workspace_id", "=", workspaceId)
    .where("e.undone_at", "is", null);
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
    .where("kind", "in", ["move", "pin"])
    .where("case_id", "=", caseId)
    .where("undone_at", "is", null)
    .execute();
}
