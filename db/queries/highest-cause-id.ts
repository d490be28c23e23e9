import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

/** The highest id that a cause of the workspace ever had, or has in a proposal; 0 where there was none. Ids are never used again. */
export async function highestCauseId(db: Kysely<Schema>, workspaceId: number): Promise<number> {
  const { highest } = await db
    .selectFrom(
      db
        .selectFrom("causes")
        .select("cause_id")
        .where("workspace_id", "=", workspaceId)
        .unionAll(db.selectFrom("clusters").select("cause_id").where("workspace_id", "=", workspaceId))
        .as("known"),
    )
    .select((eb) => eb.fn.coalesce(eb.fn.max("cause_id"), eb.lit(0)).as("highest"))
    .executeTakeFirstOrThrow();
  return highest;
}
