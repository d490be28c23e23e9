import { type Kysely, sql, type Transaction } from "kysely";
import { holdCases, raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";
import { loadMoves, loadOwnCauses } from "./case-moves.ts";
import { insertCasesOfEdit } from "./cases-of-edit.ts";
import { listMerged } from "./cause-merges.ts";
import { revokeVerdictsOf } from "./fix-verdicts.ts";
import { recordEdit } from "./human-edits.ts";
import { insertMadeCause, takeBackMaking } from "./made-causes.ts";

/**
 * A person's word that a cause is two: some of its cases make a new one. The word is kept for every case that the cause
 * had, those that stay as well as those that go, because both are what the person saw before saying so; each later run
 * takes all of them as anchors, so that neither part draws the other one back. Cases that come later follow their like.
 */
export interface SplitDecision {
  /** The cause that is split, and its cases as they are read: those that make the new cause, and those that stay. */
  from: number;
  going: readonly string[];
  staying: readonly string[];
  /** What the new cause is called until the next run finds its phrases; and the case most like all others, if it is known. */
  label: string;
  keyphrases: readonly string[];
  exemplarCaseId: string | null;
  /** A person's name for it. */
  name: string | null;
  actor: string;
  reason: string | null;
}

/** The id of the new cause; `undefined` where the old one is none of its own any more: then nothing is done. */
export async function splitCause(
  db: Kysely<Schema>,
  workspaceId: number,
  decision: SplitDecision,
): Promise<number | undefined> {
  return db.transaction().execute(async (tx) => {
    const { from, going, staying, actor, reason } = decision;
    const causesOf = [...going, ...staying];
    await raiseDataVersion(tx, workspaceId, { causesOf }); // holds the workspace, so that no two causes get one id
    const causeId = await insertCause(tx, workspaceId, decision);
    if (causeId === undefined) return undefined;
    const detail = { from: String(from), cases: String(going.length) };
    const editId = await recordEdit(tx, workspaceId, { kind: "split", causeId, detail, actor, reason });
    await insertCasesOfEdit(tx, workspaceId, editId, {
      caseIds: causesOf,
      causeIds: [...going.map(() => causeId), ...(await ownCauses(tx, workspaceId, decision))],
    });
    const share = going.length / (going.length + staying.length);
    await insertLineage(tx, workspaceId, { cause: from, event: "split", other: causeId, share });
    await recordAudit(tx, workspaceId, {
      actor,
      action: "cause.split",
      objectType: "cause",
      objectId: String(from),
      before: { cases: going.length + staying.length },
      after: { cases: staying.length, new_cause: causeId, its_cases: going.length, reason },
    });
    const because = "Its cause was split after the fix.";
    await revokeVerdictsOf(tx, workspaceId, { causeIds: [from], because, actor });
    return causeId;
  });
}

/** A split that stands. */
export interface Split {
  causeId: number;
  from: number;
  made_at: string;
  actor: string;
  reason: string | null;
}

/** The splits by which a cause was made, or in which it lost cases; the latest first. */
export async function listSplits(db: Kysely<Schema>, workspaceId: number, causeId: number): Promise<Split[]> {
  const splits = await standing(db, workspaceId, ["split"]).orderBy("edit_id", "desc").execute();
  return splits
    .map(({ cause_id, detail, ...rest }) => ({ ...rest, causeId: cause_id, from: Number(detail["from"]) }))
    .filter((split) => split.causeId === causeId || split.from === causeId);
}

/** The causes that a person has made, and those that they were split from: what people put apart no trial would find. */
export async function loadMadeCauses(db: Kysely<Schema>, workspaceId: number): Promise<Set<number>> {
  const made = await standing(db, workspaceId, ["split", "promote"]).execute();
  return new Set(
    made.flatMap(({ cause_id, detail: { from } }) => (from == null ? [cause_id] : [cause_id, Number(from)])),
  );
}

/**
 * Takes a split back: the new cause counts as the old one again, with all that came to it since. `entangled`: other
 * causes were merged into the new one, or split from it, or it was merged itself, and that must be taken back first.
 */
export async function undoSplit(
  db: Kysely<Schema>,
  workspaceId: number,
  { causeId, actor }: { causeId: number; actor: string },
): Promise<"done" | "not_split" | "entangled"> {
  return db.transaction().execute(async (tx) => {
    await holdCases(tx, workspaceId);
    const splits = await listSplits(tx, workspaceId, causeId);
    const split = splits.find((one) => one.causeId === causeId);
    if (split === undefined) return "not_split";
    const { merged_into: mergedInto } = await tx
      .selectFrom("causes")
      .select("merged_into")
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", causeId)
      .executeTakeFirstOrThrow();
    const merged = await listMerged(tx, workspaceId, causeId);
    if (mergedInto !== null || merged.length > 0 || splits.length > 1) return "entangled";
    await takeBackMaking(tx, workspaceId, { causeId, kind: "split" });
    await tx
      .updateTable("causes")
      .set({ merged_into: split.from })
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", causeId)
      .execute();
    await insertLineage(tx, workspaceId, { cause: causeId, event: "merged", other: split.from, share: 1 });
    await recordAudit(tx, workspaceId, {
      actor,
      action: "cause.undo_split",
      objectType: "cause",
      objectId: String(split.from),
      before: { new_cause: causeId },
      after: { new_cause: null },
    });
    const because = "A split of its cause was taken back after the fix.";
    await revokeVerdictsOf(tx, workspaceId, { causeIds: [split.from, causeId], because, actor });
    return "done";
  });
}

function standing(db: Kysely<Schema>, workspaceId: number, kinds: readonly ("split" | "promote")[]) {
  return db
    .selectFrom("human_edits")
    .select(["cause_id", "detail", "made_at", "actor", "reason"])
    .where("workspace_id", "=", workspaceId)
    .where("kind", "in", kinds)
    .where("undone_at", "is", null);
}

/** The new cause: like the old one in all that people and the machine have said of its kind, until they say otherwise. */
async function insertCause(
  tx: Transaction<Schema>,
  workspaceId: number,
  { from, label, keyphrases, exemplarCaseId, name }: SplitDecision,
): Promise<number | undefined> {
  const old = await tx
    .selectFrom("causes")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "=", from)
    .where("merged_into", "is", null)
    .executeTakeFirst();
  if (old === undefined) return undefined;
  return insertMadeCause(tx, workspaceId, {
    label,
    name,
    keyphrases,
    exemplarCaseId,
    basis: old.basis,
    category: old.category,
    category_source: old.category_source,
    category_confidence: old.category_confidence,
    category_reason: old.category_reason,
  });
}

/**
 * By case that stays: where it was, to the very one of merged causes that it is in, so that it goes with it when that
 * merge is undone.
 */
async function ownCauses(
  tx: Transaction<Schema>,
  workspaceId: number,
  { from, staying }: SplitDecision,
): Promise<number[]> {
  const said = await loadMoves(tx, workspaceId);
  const found = await loadOwnCauses(tx, workspaceId, staying);
  return staying.map((caseId) => said.get(caseId) ?? found.get(caseId) ?? from);
}

/** Under the run whose causes people saw. */
async function insertLineage(
  tx: Transaction<Schema>,
  workspaceId: number,
  row: { cause: number; event: "split" | "merged"; other: number; share: number },
): Promise<void> {
  await sql`insert into cause_lineage (workspace_id, run_id, cause_id, event, other_cause_id, share)
    select id, current_run_id, ${row.cause}, ${row.event}, ${row.other}, ${row.share}
    from workspaces where id = ${workspaceId} and current_run_id is not null`.execute(tx);
}
