import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

export async function countCases(db: Kysely<Schema>, workspaceId: number): Promise<number> {
  const { n } = await db
    .selectFrom("cases")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return n;
}
