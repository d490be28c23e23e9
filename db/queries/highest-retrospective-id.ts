import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/**
 * The highest number that a retrospective of the workspace ever had, deleted ones included; 0 where there was none.
 * Numbers are never used again, so that an address and a history are of one text for ever.
 */
export async function highestRetrospectiveId(tx: Transaction<Schema>, workspaceId: number): Promise<number> {
  const { highest } = await tx
    .selectFrom(
      tx
        .selectFrom("retrospectives")
        .select("retrospective_id")
        .where("workspace_id", "=", workspaceId)
        .unionAll(
          tx
            .selectFrom("audit_events")
            .select(sql<number>`object_id::int`.as("retrospective_id"))
            .where("workspace_id", "=", workspaceId)
            .where("object_type", "=", "retrospective")
            .where("action", "=", "retrospective.delete"),
        )
        .as("known"),
    )
    .select((eb) => eb.fn.coalesce(eb.fn.max("retrospective_id"), eb.lit(0)).as("highest"))
    .executeTakeFirstOrThrow();
  return highest;
}
