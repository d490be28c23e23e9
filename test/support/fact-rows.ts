import { type Expression, type Kysely, type RawBuilder, sql } from "kysely";
import { type TimeField, timeFields } from "#analytics/case.ts";
import type { FactRow } from "#analytics/facts/case-columns.ts";
import type { Schema } from "#db/schema.ts";

/** Rows that one answer of the database holds: the bound on memory while it streams. */
const rowsAtOnce = 500;

/**
 * Every case of a workspace with its primary cause in a run and its attributes, in the order that the columns want:
 * by incidence day, then case id. Streamed: the caller must not use the same connection while it reads.
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
        .on("a.run_id", "=", runId),
    )
    .leftJoin("case_texts as t", (join) =>
      join
        .onRef("t.workspace_id", "=", "c.workspace_id")
        .onRef("t.case_id", "=", "c.case_id")
        .on(sql<boolean>`t.attributes <> '{}'`),
    )
    .leftJoin("unassigned_cases as u", (join) =>
      join
        .onRef("u.workspace_id", "=", "c.workspace_id")
        .onRef("u.case_id", "=", "c.case_id")
        .on("u.run_id", "=", runId),
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
      "u.because as unassignedBecause",
      "c.customer_ref as customerRef",
      "c.status",
      "c.severity",
      "c.finding",
      "c.outcome",
      "c.remedy_types as remedyTypes",
      "c.reopen_count as reopenCount",
      daysToResolve(workspaceId).as("daysToResolve"),
      "c.compensation_minor as compensationMinor",
      "c.compensation_currency as compensationCurrency",
      "c.contact_reason_id as contact_reasonId",
      "c.product_id as productId",
      "c.team_id as teamId",
      "c.channel_id as channelId",
      "c.region_id as regionId",
      shortened(eb.ref("t.attributes")).as("attributes"),
    ])
    .stream(rowsAtOnce);
}

const dayBits = (...fields: TimeField[]) =>
  fields.reduce((bits, field) => bits | (1 << timeFields.indexOf(field)), 0);

/**
 * Days from the receipt of a case, else from when it happened, to its resolution: with their fraction, or whole ones
 * where a source knew one of the two as a day only. Null where one is not known, or the second lies before the first.
 */
function daysToResolve(workspaceId: number): RawBuilder<number | null> {
  const begin = sql`coalesce(c.received_at, c.occurred_at)`;
  const zone = sql`(select w.time_zone from workspaces w where w.id = ${workspaceId})`;
  const localDay = (instant: RawBuilder<unknown>) => sql`(${instant} at time zone ${zone})::date`;
  const days = sql.lit(dayBits("occurred_at", "received_at", "resolved_at"));
  return sql`case
    when c.status <> 'resolved' or c.resolved_at < ${begin} then null
    when c.date_only_fields & ${days} <> 0 then (${localDay(sql`c.resolved_at`)} - ${localDay(begin)})::float8
    else (extract(epoch from c.resolved_at - ${begin}) / 86400)::float8
  end`;
}

/** Bytes of a case's attributes, as they are stored, beyond which each value is cut. */
const muchBytes = 8000;
/** Characters that are left of it: enough to see that it is a text. */
const enough = 256;

/** So that a case of a megabyte does not come whole. To cut them all would take three times as long. */
function shortened(attributes: Expression<unknown>): RawBuilder<Record<string, string> | null> {
  return sql`case
    when pg_column_size(${attributes}) <= ${sql.lit(muchBytes)} then ${attributes}
    else (select jsonb_object_agg(key, left(value, ${sql.lit(enough)})) from jsonb_each_text(${attributes}))
  end`;
}

function daysSinceEpoch(day: Expression<string | null>): RawBuilder<number> {
  return sql<number>`(${day} - date '1970-01-01')`;
}
