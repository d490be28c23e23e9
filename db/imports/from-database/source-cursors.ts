import { type Kysely, sql } from "kysely";
import type { Schema } from "../../schema.ts";

/** Up to where a workspace has loaded a source; `null`: it never has. */
export async function findSourceCursor(
  db: Kysely<Schema>,
  workspaceId: number,
  source: string,
): Promise<string | null> {
  const row = await db
    .selectFrom("database_sources")
    .select("cursor")
    .where("workspace_id", "=", workspaceId)
    .where("source", "=", source)
    .executeTakeFirst();
  return row?.cursor ?? null;
}

/**
 * Moves it, after the load has ended: killed before that, the same rows are read again, which changes nothing. Two
 * loads at once may end in either order; the later cursor stays.
 */
export async function moveSourceCursor(
  db: Kysely<Schema>,
  workspaceId: number,
  { source, cursor }: { source: string; cursor: string },
): Promise<void> {
  await db
    .insertInto("database_sources")
    .values({ workspace_id: workspaceId, source, cursor })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "source"]).doUpdateSet({
        cursor: sql<string>`greatest(database_sources.cursor collate "C", excluded.cursor collate "C")`,
        moved_at: sql<string>`now()`,
      }),
    )
    .execute();
}
