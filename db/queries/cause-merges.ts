import { type Kysely, sql, type Transaction } from "kysely";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";
import { loadRoots } from "./cause-roots.ts";
import { revokeVerdictsOf } from "./fix-verdicts.ts";
import { recordEdit } from "./human-edits.ts";

/**
 * A person's word that two causes are one is kept apart from what the machine finds: the machine goes on to find both,
 * under their own ids, and everything that reads causes sees the one that the other was merged into. So it holds in
 * every later run, and taking it back brings back exactly what was there.
 */

/** A cause that stands for itself and for those that were merged into it. */
export interface MergedCause {
  cause_id: number;
  label: string;
  name: string | null;
  /** When, by whom and why it was merged. */
  made_at: string;
  actor: string;
  reason: string | null;
}

/** What was merged into a cause, itself or by way of another, the latest merge first. */
export async function listMerged(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<MergedCause[]> {
  const roots = await loadRoots(db, workspaceId);
  const members = [...roots].flatMap(([cause, root]) => (root === causeId ? [cause] : []));
  if (members.length === 0) return [];
  return db
    .selectFrom("causes as c")
    .innerJoin("human_edits as e", (join) =>
      join
        .onRef("e.workspace_id", "=", "c.workspace_id")
        .onRef("e.cause_id", "=", "c.cause_id")
        .on("e.kind", "=", "merge")
        .on("e.undone_at", "is", null),
    )
    .select(["c.cause_id", "c.label", "c.name", "e.made_at", "e.actor", "e.reason"])
    .where("c.workspace_id", "=", workspaceId)
    .where("c.cause_id", "in", members)
    .orderBy("e.edit_id", "desc")
    .execute();
}

export interface MergeDecision {
  /** The cause that goes on, and the one that goes into it. */
  into: number;
  from: number;
  actor: string;
  reason: string | null;
}

/** False where one of the two is no cause of its own any more, or they are the same: then nothing is done. */
export async function mergeCauses(
  db: Kysely<Schema>,
  workspaceId: number,
  { into, from, actor, reason }: MergeDecision,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom("causes")
      .select("cause_id")
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "in", [into, from])
      .where("merged_into", "is", null)
      .forUpdate()
      .execute();
    if (known.length !== 2) return false;
    await setMerged(tx, workspaceId, from, into);
    await recordEdit(tx, workspaceId, {
      kind: "merge",
      causeId: from,
      detail: { into: String(into) },
      actor,
      reason,
    });
    await recordAudit(tx, workspaceId, {
      actor,
      action: "cause.merge",
      objectType: "cause",
      objectId: String(from),
      before: { merged_into: null },
      after: { merged_into: into, reason },
    });
    const because = "Its cause was merged with another one after the fix.";
    await revokeVerdictsOf(tx, workspaceId, { causeIds: [into, from], because, actor });
    return true;
  });
}

/** Takes a merge back. False where the cause was not merged. */
export async function undoMerge(
  db: Kysely<Schema>,
  workspaceId: number,
  { from, actor }: { from: number; actor: string },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const cause = await tx
      .selectFrom("causes")
      .select("merged_into")
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", from)
      .forUpdate()
      .executeTakeFirst();
    if (cause?.merged_into == null) return false;
    await setMerged(tx, workspaceId, from, null);
    await tx
      .updateTable("human_edits")
      .set({ undone_at: sql<string>`now()` })
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", from)
      .where("kind", "=", "merge")
      .where("undone_at", "is", null)
      .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: "cause.undo_merge",
      objectType: "cause",
      objectId: String(from),
      before: { merged_into: cause.merged_into },
      after: { merged_into: null },
    });
    const because = "A merge of its cause was taken back after the fix.";
    await revokeVerdictsOf(tx, workspaceId, { causeIds: [from, cause.merged_into], because, actor });
    return true;
  });
}

async function setMerged(
  tx: Transaction<Schema>,
  workspaceId: number,
  causeId: number,
  into: number | null,
): Promise<void> {
  await tx
    .updateTable("causes")
    .set({ merged_into: into })
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "=", causeId)
    .execute();
  await raiseDataVersion(tx, workspaceId, "no column");
}
