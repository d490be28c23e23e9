import { type Kysely, sql } from "kysely";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";

/**
 * Takes a person's word on the category of a cause back: what the published run suggests stands there again. False
 * where no person has said one.
 */
export async function undoCategory(
  db: Kysely<Schema>,
  workspaceId: number,
  { causeId, actor }: { causeId: number; actor: string },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const cause = await tx
      .selectFrom("causes")
      .select(["category", "category_source", "category_reason"])
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", causeId)
      .forUpdate()
      .executeTakeFirst();
    if (cause?.category_source !== "person") return false;
    const suggested = await tx
      .selectFrom("clusters as k")
      .innerJoin("workspaces as w", (join) =>
        join.onRef("w.id", "=", "k.workspace_id").onRef("w.current_run_id", "=", "k.run_id"),
      )
      .select(["k.category", "k.category_confidence", "k.category_reason"])
      .where("k.workspace_id", "=", workspaceId)
      .where("k.cause_id", "=", causeId)
      .executeTakeFirst();
    const after = suggested ?? { category: null, category_confidence: null, category_reason: null };
    await tx
      .updateTable("causes")
      .set({ ...after, category_source: "machine" })
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", causeId)
      .execute();
    await tx
      .updateTable("human_edits")
      .set({ undone_at: sql<string>`now()` })
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", causeId)
      .where("kind", "=", "set_category")
      .where("undone_at", "is", null)
      .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: "cause.undo_set_category",
      objectType: "cause",
      objectId: String(causeId),
      before: { category: cause.category, reason: cause.category_reason },
      after: { category: after.category, source: "machine" },
    });
    await raiseDataVersion(tx, workspaceId, "no column");
    return true;
  });
}
