import type { Kysely } from "kysely";
import type { Category } from "#analytics/case.ts";
import type { Schema } from "../schema.ts";
import { loadMoves } from "./case-moves.ts";
import { loadRoots } from "./cause-roots.ts";

/**
 * By case, the category that a person has confirmed of the cause that it belongs to, as pages show it: after merges and
 * moves, and without causes that a person says are none.
 * @param assigned the cause of each case in the run that is published
 */
export async function loadConfirmedCategories(
  db: Kysely<Schema>,
  workspaceId: number,
  assigned: ReadonlyMap<string, number>,
): Promise<Map<string, Category>> {
  const confirmed = await db
    .selectFrom("causes")
    .select(["cause_id", "category"])
    .where("workspace_id", "=", workspaceId)
    .where("category_source", "=", "person")
    .where("category", "is not", null)
    .where("set_aside", "=", false)
    .execute();
  if (confirmed.length === 0) return new Map();
  const categoryOf = new Map(confirmed.map(({ cause_id: id, category }) => [id, category]));
  const roots = await loadRoots(db, workspaceId);
  const moves = await loadMoves(db, workspaceId);
  return new Map(
    [...assigned].flatMap(([caseId, machines]) => {
      const cause = moves.has(caseId) ? (moves.get(caseId) ?? null) : machines;
      const category = cause === null ? null : categoryOf.get(roots.get(cause) ?? cause);
      return category == null ? [] : [[caseId, category] as const];
    }),
  );
}
