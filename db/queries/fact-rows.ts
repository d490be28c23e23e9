import { type Expression, type Kysely, type RawBuilder, sql } from "kysely";
import { type NameField, nameFields } from "#analytics/case.ts";
import type { FactRow } from "#analytics/facts/build-facts.ts";
import type { NameDictionaries } from "#analytics/facts/facts.ts";
import type { Schema } from "../schema.ts";

export async function countCases(db: Kysely<Schema>, workspaceId: number): Promise<number> {
  const { n } = await db
    .selectFrom("cases")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return n;
}

/**
 * Every case of a workspace with its primary cause in a run, in the order that the columns want: by incidence
 * day, then case id. Streamed: the caller must not use the same connection while it reads.
 */
export function streamFactRows(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number | null,
): AsyncIterableIterator<FactRow> {
  return db
    .selectFrom("cases as c")
    .leftJoin("case_causes as a", (join) =>
      join
        .onRef("a.workspace_id", "=", "c.workspace_id")
        .onRef("a.case_id", "=", "c.case_id")
        .on("a.run_id", "=", runId)
        .on("a.role", "=", "primary"),
    )
    .where("c.workspace_id", "=", workspaceId)
    .orderBy("c.incidence_day")
    .orderBy("c.case_id")
    .select((eb) => [
      "c.case_id as caseId",
      daysSinceEpoch(eb.ref("c.incidence_day")).as("incidenceDay"),
      daysSinceEpoch(eb.ref("c.outcome_day")).$castTo<number | null>().as("outcomeDay"),
      "a.cause_id as causeId",
      "a.basis as causeBasis",
      "c.customer_ref as customerRef",
      "c.status",
      "c.severity",
      "c.finding",
      "c.outcome",
      "c.remedy_types as remedyTypes",
      "c.reopen_count as reopenCount",
      "c.compensation_minor as compensationMinor",
      "c.compensation_currency as compensationCurrency",
      "c.contact_reason_id as contact_reasonId",
      "c.product_id as productId",
      "c.team_id as teamId",
      "c.channel_id as channelId",
      "c.region_id as regionId",
    ])
    .stream(5000);
}

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

function daysSinceEpoch(day: Expression<string | null>): RawBuilder<number> {
  return sql<number>`(${day} - date '1970-01-01')`;
}
