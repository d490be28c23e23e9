import { type Kysely, type Selectable, sql } from "kysely";
import type { Schema } from "../../schema.ts";
import type { SavedMappings } from "../../schema-imports.ts";
import type { Mapping } from "../map/mapping.ts";

export type SavedMapping = Pick<Selectable<SavedMappings>, "name" | "mapping" | "saved_at">;

/** The mappings that a workspace has kept for its next files, by name. */
export async function listSavedMappings(db: Kysely<Schema>, workspaceId: number): Promise<SavedMapping[]> {
  return db
    .selectFrom("saved_mappings")
    .select(["name", "mapping", "saved_at"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("name")
    .execute();
}

export async function findSavedMapping(
  db: Kysely<Schema>,
  workspaceId: number,
  name: string,
): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom("saved_mappings")
    .select("mapping")
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.mapping;
}

/** Keeps a mapping under a name; one that had the name is replaced. */
export async function saveMapping(
  db: Kysely<Schema>,
  workspaceId: number,
  { name, mapping }: { name: string; mapping: Mapping },
): Promise<void> {
  const kept = { mapping: JSON.stringify(mapping), saved_at: sql<string>`now()` };
  await db
    .insertInto("saved_mappings")
    .values({ workspace_id: workspaceId, name, ...kept })
    .onConflict((conflict) => conflict.columns(["workspace_id", "name"]).doUpdateSet(kept))
    .execute();
}

/** False: there was none of that name. */
export async function deleteSavedMapping(
  db: Kysely<Schema>,
  workspaceId: number,
  name: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("saved_mappings")
    .where("workspace_id", "=", workspaceId)
    .where("name", "=", name)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
