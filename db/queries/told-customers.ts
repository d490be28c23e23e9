import { type Kysely, type Selectable, sql } from "kysely";
import type { Schema } from "../schema.ts";
import type { ToldCustomers } from "../schema-second-fixes.ts";
import { recordAudit } from "./audit.ts";

export type ToldCustomer = Selectable<ToldCustomers>;

/** What was done about the customers of a fix's cause. */
export async function listToldCustomers(
  db: Kysely<Schema>,
  workspaceId: number,
  fixId: number,
): Promise<ToldCustomer[]> {
  return db
    .selectFrom("told_customers")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("fix_id", "=", fixId)
    .orderBy("customer_ref")
    .execute();
}

/** By fix: how many customers were told, and how many were left out. */
export async function countToldCustomers(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<Map<number, { told: number; leftOut: number }>> {
  const rows = await db
    .selectFrom("told_customers")
    .select((eb) => [
      "fix_id",
      eb.fn.countAll<number>().filterWhere("state", "=", "told").as("told"),
      eb.fn.countAll<number>().filterWhere("state", "=", "left_out").as("leftOut"),
    ])
    .where("workspace_id", "=", workspaceId)
    .groupBy("fix_id")
    .execute();
  return new Map(rows.map(({ fix_id: fixId, told, leftOut }) => [fixId, { told, leftOut }]));
}

export interface MarkedCustomers {
  customers: readonly string[];
  /** `null` takes a mark away. */
  state: ToldCustomers["state"] | null;
  /** Why they are left out. */
  reason: string | null;
  actor: string;
}

/** Marks customers as told or left out, or takes the mark away, with one audit event. */
export async function markCustomers(
  db: Kysely<Schema>,
  { workspaceId, fixId }: { workspaceId: number; fixId: number },
  { customers, state, reason, actor }: MarkedCustomers,
): Promise<void> {
  if (customers.length === 0) return;
  await db.transaction().execute(async (tx) => {
    const refs = [...new Set(customers)];
    await tx
      .deleteFrom("told_customers")
      .where("workspace_id", "=", workspaceId)
      .where("fix_id", "=", fixId)
      .where(sql<boolean>`customer_ref = any(${refs}::text[])`)
      .execute();
    if (state !== null)
      await tx
        .insertInto("told_customers")
        .columns(["workspace_id", "fix_id", "customer_ref", "state", "reason", "actor"])
        .expression(
          sql`select ${workspaceId}::int, ${fixId}::int, ref, ${state}::text, ${reason}::text, ${actor}::text
            from unnest(${refs}::text[]) as ref` as never, // rows of these columns
        )
        .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: state === null ? "second_fix.unmark_customers" : `second_fix.${state}`,
      objectType: "second_fix",
      objectId: String(fixId),
      before: null,
      after: { customers: refs.length, reason },
    });
  });
}

/** A case of a customer, with what became of it. */
export interface CaseOfCustomer {
  case_id: string;
  source_case_id: string;
  customer_ref: string;
  incidence_day: string;
  status: "open" | "resolved";
  outcome: string | null;
}

/** Those of some cases whose customer is known, by customer and then the latest first. */
export async function listCasesOfCustomers(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<CaseOfCustomer[]> {
  return db
    .selectFrom("cases")
    .select(["case_id", "source_case_id", "incidence_day", "status", "outcome"])
    .select(sql<string>`customer_ref`.as("customer_ref")) // not null by the condition
    .where("workspace_id", "=", workspaceId)
    .where("customer_ref", "is not", null)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .orderBy("customer_ref")
    .orderBy("incidence_day", "desc")
    .orderBy("case_id")
    .execute();
}
