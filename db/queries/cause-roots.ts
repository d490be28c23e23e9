import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

/** By cause that was merged into another: the one that stands for it in the end. */
export async function loadRoots(db: Kysely<Schema>, workspaceId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("causes")
    .select(["cause_id", "merged_into"])
    .where("workspace_id", "=", workspaceId)
    .where("merged_into", "is not", null)
    .execute();
  const into = new Map(rows.map((row) => [row.cause_id, row.merged_into]));
  const rootOf = (cause: number): number => {
    const next = into.get(cause);
    return next == null ? cause : rootOf(next); // a merge is refused that would close a circle
  };
  return new Map(rows.map(({ cause_id: cause }) => [cause, rootOf(cause)]));
}
