import type { Database } from "#db/schema.ts";

/** A cause "cause 1", of which nothing more is known. */
export async function addCause(db: Database, workspaceId: number, causeId: number): Promise<void> {
  await db
    .insertInto("causes")
    .values({
      workspace_id: workspaceId,
      cause_id: causeId,
      label: `cause ${causeId}`,
      name: null,
      category: null,
      category_source: null,
      category_confidence: null,
      category_reason: null,
      keyphrases: "[]",
      exemplar_case_id: null,
      basis: "text",
      stability: null,
      merged_into: null,
      substatus: null,
      first_run_id: 1,
      vanished_run_id: null,
    })
    .execute();
}
