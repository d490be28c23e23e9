import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/** Keeps what one decision of a person says of many cases: to which cause each belongs. */
export async function insertCasesOfEdit(
  tx: Transaction<Schema>,
  workspaceId: number,
  editId: number,
  { caseIds, causeIds }: { caseIds: readonly string[]; causeIds: readonly number[] },
): Promise<void> {
  await sql`insert into split_cases (workspace_id, edit_id, case_id, cause_id)
    select ${workspaceId}, ${editId}, t.case_id, t.cause_id
    from unnest(${caseIds}::uuid[], ${causeIds}::int[]) as t (case_id, cause_id)`.execute(tx);
}
