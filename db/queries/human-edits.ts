import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { HumanEdits } from "../schema-causes.ts";

export interface HumanEdit {
  kind: HumanEdits["kind"];
  causeId: number;
  /** Of a word on one case. */
  caseId?: string;
  detail: Record<string, string | null>;
  actor: string;
  reason: string | null;
}

/** Keeps what a person said of a cause or a case, in the transaction that does it. Returns the number of the edit. */
export async function recordEdit(
  tx: Transaction<Schema>,
  workspaceId: number,
  { kind, causeId, caseId, detail, actor, reason }: HumanEdit,
): Promise<number> {
  const { last } = await tx
    .selectFrom("human_edits")
    .select((eb) => eb.fn.coalesce(eb.fn.max("edit_id"), eb.lit(0)).as("last"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("human_edits")
    .values({
      workspace_id: workspaceId,
      edit_id: last + 1,
      kind,
      cause_id: causeId,
      case_id: caseId ?? null,
      detail: JSON.stringify(detail),
      reason,
      actor,
      undone_at: null,
    })
    .execute();
  return last + 1;
}
