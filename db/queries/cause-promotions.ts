import { type Kysely, sql, type Transaction } from "kysely";
import { holdCases, raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";
import { loadMoves } from "./case-moves.ts";
import { insertCasesOfEdit } from "./cases-of-edit.ts";
import { listMerged } from "./cause-merges.ts";
import { listSplits } from "./cause-splits.ts";
import { recordEdit } from "./human-edits.ts";
import { insertMadeCause, type KindOfCause, takeBackMaking } from "./made-causes.ts";

/**
 * A person's word that emerging cases are a cause. As with a split, it is kept for each of the cases, which are anchors of
 * every later run: so the cause goes on under its id, and later cases follow those that they are like.
 */
export interface Promotion {
  /** The emerging cases that were shown, each once. */
  caseIds: readonly string[];
  /** What the machine calls them, until a run finds other phrases; and the case most like all others. */
  label: string;
  keyphrases: readonly string[];
  exemplarCaseId: string;
  /** A person's name for the cause. */
  name: string | null;
  actor: string;
  reason: string | null;
}

/** No run has looked at what its words say. */
const unknownKind: KindOfCause = {
  category: null,
  category_source: null,
  category_confidence: null,
  category_reason: null,
};

/** The id of the new cause; `undefined` where one of the cases is not emerging any more: then nothing is done. */
export async function promoteCases(
  db: Kysely<Schema>,
  workspaceId: number,
  promotion: Promotion,
): Promise<number | undefined> {
  const { caseIds, actor, reason } = promotion;
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId, { causesOf: caseIds }); // holds the workspace, so that no two causes get one id
    if (caseIds.length === 0 || !(await areEmerging(tx, workspaceId, caseIds))) return undefined;
    const { label, keyphrases, exemplarCaseId, name } = promotion;
    const made = { label, keyphrases, exemplarCaseId, name, basis: "text" as const };
    const causeId = await insertMadeCause(tx, workspaceId, { ...made, ...unknownKind });
    const detail = { cases: String(caseIds.length) };
    const editId = await recordEdit(tx, workspaceId, { kind: "promote", causeId, detail, actor, reason });
    await insertCasesOfEdit(tx, workspaceId, editId, { caseIds, causeIds: caseIds.map(() => causeId) });
    await recordAudit(tx, workspaceId, {
      actor,
      action: "cause.promote",
      objectType: "cause",
      objectId: String(causeId),
      before: null,
      after: { cases: caseIds.length, reason },
    });
    return causeId;
  });
}

/** How a cause was made of emerging cases. */
export interface StandingPromotion {
  cases: number;
  made_at: string;
  actor: string;
  reason: string | null;
  /** Cases that the published run puts into it of itself: what stays of the cause when the word is taken back. */
  found: number;
}

/** `undefined`: no person made the cause of emerging cases, or that was taken back. */
export async function findPromotion(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<StandingPromotion | undefined> {
  const row = await db
    .selectFrom("human_edits")
    .select(["detail", "made_at", "actor", "reason"])
    .where("workspace_id", "=", workspaceId)
    .where("kind", "=", "promote")
    .where("cause_id", "=", causeId)
    .where("undone_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { detail, ...rest } = row;
  return { ...rest, cases: Number(detail["cases"]), found: await countFound(db, workspaceId, causeId) };
}

/**
 * Takes the word back: each case is at once where the published run would have put it, as a rule nowhere, so that it is
 * emerging again. A cause that no case is left in is gone; else it goes on as the machine's. `entangled`: causes were merged
 * into it or split from it, or it was merged itself, and that must be taken back first.
 */
export async function undoPromotion(
  db: Kysely<Schema>,
  workspaceId: number,
  { causeId, actor }: { causeId: number; actor: string },
): Promise<"done" | "not_promoted" | "entangled"> {
  return db.transaction().execute(async (tx) => {
    await holdCases(tx, workspaceId);
    const promotion = await findPromotion(tx, workspaceId, causeId);
    if (promotion === undefined) return "not_promoted";
    if (await isEntangled(tx, workspaceId, causeId)) return "entangled";
    await takeBackMaking(tx, workspaceId, { causeId, kind: "promote" });
    if (promotion.found === 0) await retire(tx, workspaceId, causeId);
    await recordAudit(tx, workspaceId, {
      actor,
      action: "cause.undo_promote",
      objectType: "cause",
      objectId: String(causeId),
      before: { cases: promotion.cases },
      after: { cases: promotion.found },
    });
    return "done";
  });
}

/** All of them, by the published run, and no person has said of one where it belongs. */
async function areEmerging(
  tx: Transaction<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<boolean> {
  const { n } = await tx
    .selectFrom("unassigned_cases as u")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.id", "=", "u.workspace_id").onRef("w.current_run_id", "=", "u.run_id"),
    )
    .innerJoin("cases as c", (join) =>
      join.onRef("c.workspace_id", "=", "u.workspace_id").onRef("c.case_id", "=", "u.case_id"),
    )
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("u.workspace_id", "=", workspaceId)
    .where("u.because", "=", "few_alike")
    .where(sql<boolean>`u.case_id = any(${caseIds}::uuid[])`)
    .executeTakeFirstOrThrow();
  const said = await loadMoves(tx, workspaceId);
  return n === caseIds.length && !caseIds.some((id) => said.has(id));
}

/** Where a run stores an anchored case is where it would be without its anchor. */
async function countFound(db: Kysely<Schema>, workspaceId: number, causeId: number): Promise<number> {
  const { n } = await db
    .selectFrom("case_causes as a")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.id", "=", "a.workspace_id").onRef("w.current_run_id", "=", "a.run_id"),
    )
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("a.workspace_id", "=", workspaceId)
    .where("a.cause_id", "=", causeId)
    .executeTakeFirstOrThrow();
  return n;
}

async function isEntangled(tx: Transaction<Schema>, workspaceId: number, causeId: number): Promise<boolean> {
  const { merged_into: mergedInto } = await tx
    .selectFrom("causes")
    .select("merged_into")
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "=", causeId)
    .executeTakeFirstOrThrow();
  const merged = await listMerged(tx, workspaceId, causeId);
  const splits = await listSplits(tx, workspaceId, causeId);
  return mergedInto !== null || merged.length > 0 || splits.length > 0;
}

async function retire(tx: Transaction<Schema>, workspaceId: number, causeId: number): Promise<void> {
  await sql`update causes set vanished_run_id = coalesce(w.current_run_id, 0) from workspaces w
    where w.id = causes.workspace_id and causes.workspace_id = ${workspaceId} and causes.cause_id = ${causeId}`.execute(
    tx,
  );
}
