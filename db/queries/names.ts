import type { Kysely } from "kysely";
import { type NameField, nameFields } from "#analytics/case.ts";
import type { NameDictionaries } from "#analytics/facts/facts.ts";
import type { Schema } from "../schema.ts";

/** Names by field and id; index 0 is unused, as in the columns. */
export async function loadNames(db: Kysely<Schema>, workspaceId: number): Promise<NameDictionaries> {
  const rows = await db
    .selectFrom("names")
    .select(["field", "id", "name"])
    .where("workspace_id", "=", workspaceId)
    .execute();
  const names = Object.fromEntries(nameFields.map((field) => [field, [undefined]])) as unknown as Record<
    NameField,
    (string | undefined)[]
  >; // every name field is a key
  for (const { field, id, name } of rows) names[field][id] = name;
  return names;
}
