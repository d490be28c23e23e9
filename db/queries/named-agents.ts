import { type Kysely, type SqlBool, sql } from "kysely";
import type { Schema } from "../schema.ts";

/** Who handled one of the cases, or whose work one is about, as far as the text has the same letters in it; capitals do not matter. */
export async function listAgentsIn(
  db: Kysely<Schema>,
  workspaceId: number,
  { caseIds, text }: { caseIds: readonly string[]; text: string },
): Promise<string[]> {
  if (caseIds.length === 0 || text === "") return [];
  const standsInText = (column: string) =>
    sql<SqlBool>`strpos(lower(${text}), lower(${sql.ref(column)})) > 0`;
  const rows = await db
    .selectFrom("cases as c")
    .select(["c.handled_by_ref", "c.concerned_agent_ref"])
    .where("c.workspace_id", "=", workspaceId)
    .where(sql<SqlBool>`c.case_id = any(${caseIds}::uuid[])`)
    .where((eb) => eb.or([standsInText("c.handled_by_ref"), standsInText("c.concerned_agent_ref")]))
    .execute();
  const agents = rows.flatMap((row) => [row.handled_by_ref, row.concerned_agent_ref]);
  return [...new Set(agents.filter((agent) => agent !== null))].sort((a, b) => (a < b ? -1 : 1));
}
