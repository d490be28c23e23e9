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

/** Whether a workspace has so many cases. Cost: to count no more than these. */
export async function hasAsManyCases(
  db: Kysely<Schema>,
  workspaceId: number,
  cases: number,
): Promise<boolean> {
  const row = await db
    .selectFrom("cases")
    .select("workspace_id")
    .where("workspace_id", "=", workspaceId)
    .offset(Math.max(0, cases - 1))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
