import { type Expression, type RawBuilder, sql } from "kysely";
import {
  findings,
  nameFields,
  outcomes,
  remedyTypes,
  severities,
  statuses,
  type TimeField,
  timeFields,
} from "#analytics/case.ts";
import type { ColumnName } from "#analytics/facts/case-columns.ts";
import { formatDay, type Period } from "#analytics/period.ts";
import { copyTuples } from "../engine/copy-tuples.ts";
import type { ImportConnection } from "../imports/store/import-turn.ts";

/** The columns that hold to which cause cases belong, and those of the cases themselves: they become stale apart. */
export const causeColumns = ["causeId", "joinedByReason", "unassigned"] as const satisfies ColumnName[];

/** What is asked of the cases of some days. */
export interface CaseTuples {
  workspaceId: number;
  runId: number | null;
  days: Period;
  /** Beside their ids: what they are, or to which cause they belong. */
  columns: "cases" | "causes";
}

/** A number of a case: what it is called among the columns, and its place behind the first field of the row. */
export interface TupleNumber {
  column: Exclude<ColumnName, "caseId" | "customer">;
  offset: number;
  type: "int4" | "float8";
}

/** A row has first the case's id, then numbers that are never null, then texts. */
export interface TupleShape {
  /** Where the sixteen bytes of the id are. */
  id: number;
  numbers: readonly TupleNumber[];
  /** Where the first text begins: of customer, currency and attributes. */
  texts: number;
}

type NumberColumn = TupleNumber["column"];
type Asked = Record<NumberColumn, { type: TupleNumber["type"]; value: RawBuilder<number> }>;

/** Visits every case of these days in the order that columns want: by incidence day, then case id. */
export async function visitCases(
  { client, db }: ImportConnection,
  asked: CaseTuples,
  visitWith: (shape: TupleShape) => (bytes: Buffer, at: number) => void,
): Promise<void> {
  const numbers = numbersOf(asked);
  const { sql: query } = caseQuery(asked, numbers).compile(db);
  // The sort of half a million rows stays in memory; and to compile a query that runs once takes longer than it.
  await sql`set local work_mem = '128MB'`.execute(db);
  await sql`set local jit = off`.execute(db);
  await sql`set local statement_timeout = 0`.execute(db); // a month may have a million cases
  await copyTuples(client, query, visitWith(shapeOf(numbers)));
}

function shapeOf(numbers: Partial<Asked>): TupleShape {
  let offset = 4 + 16;
  const places = Object.entries(numbers).map(([column, { type }]): TupleNumber => {
    const place = { column: column as NumberColumn, offset: offset + 4, type }; // a key of what was asked
    offset += 4 + (type === "int4" ? 4 : 8);
    return place;
  });
  return { id: 4, numbers: places, texts: offset };
}

function numbersOf({ columns, workspaceId }: CaseTuples): Partial<Asked> {
  if (columns === "causes")
    return {
      causeId: int(sql`coalesce(a.cause_id, 0)`),
      joinedByReason: int(sql`(coalesce(a.basis, '') = 'contact_reason')::int`),
      unassigned: int(codeOf(["few_alike", "nothing_known"], sql`u.because`)),
    };
  const names = nameFields.map((field) => [field, int(sql`coalesce(${sql.ref(`c.${field}_id`)}, 0)`)]);
  return {
    incidenceDay: int(daysSinceEpoch(sql`c.incidence_day`)),
    outcomeDay: int(sql`coalesce(${daysSinceEpoch(sql`c.outcome_day`)}, 2147483647)`),
    ...Object.fromEntries(names),
    severity: int(codeOf(severities, sql`c.severity`)),
    finding: int(codeOf(findings, sql`c.finding`)),
    outcome: int(codeOf(outcomes, sql`c.outcome`)),
    status: int(codeOf(statuses, sql`c.status`)),
    remedies: int(remedyMask()),
    reopenings: int(sql`1 + least(253, coalesce(c.reopen_count, -1))`),
    daysToResolve: float(sql`coalesce(${daysToResolve(workspaceId)}, 'NaN')`),
    compensation: float(sql`coalesce(1 + c.compensation_minor, 0)`),
  };
}

function int(value: RawBuilder<unknown>) {
  return { type: "int4" as const, value: sql<number>`(${value})::int4` };
}

function float(value: RawBuilder<unknown>) {
  return { type: "float8" as const, value: sql<number>`(${value})::float8` };
}

/** Its place in the list, from 1; 0 = null. */
function codeOf(values: readonly string[], column: RawBuilder<unknown>): RawBuilder<number> {
  const cases = values.map((value, i) => sql`when ${sql.lit(value)} then ${sql.lit(i + 1)}`);
  return sql`case ${column} ${sql.join(cases, sql` `)} else 0 end`;
}

function remedyMask(): RawBuilder<number> {
  const bits = remedyTypes.map(
    (remedy, i) => sql`(${sql.lit(remedy)} = any(c.remedy_types))::int * ${sql.lit(1 << i)}`,
  );
  return sql`case when c.remedy_types is null then 0 else ${sql.join(bits, sql` + `)} end`;
}

function caseQuery(
  { workspaceId, runId, days, columns }: CaseTuples,
  numbers: Partial<Asked>,
): RawBuilder<unknown> {
  const texts = [
    sql`c.customer_ref`,
    sql`c.compensation_currency`,
    sql`${shortened(sql`t.attributes`)}::text`,
  ];
  const fields = [
    sql`c.case_id`,
    ...Object.values(numbers).map(({ value }) => value),
    ...(columns === "cases" ? texts : []),
  ];
  const ofCase = (table: string) =>
    sql`${sql.ref(`${table}.workspace_id`)} = c.workspace_id and ${sql.ref(`${table}.case_id`)} = c.case_id`;
  const ofRun = (table: string) =>
    sql`${ofCase(table)} and ${sql.ref(`${table}.run_id`)} = ${sql.lit(runId)}`;
  const joins =
    columns === "cases"
      ? sql`left join case_texts t on ${ofCase("t")} and t.attributes <> '{}'`
      : sql`left join case_causes a on ${ofRun("a")}
          left join unassigned_cases u on ${ofRun("u")}`;
  return sql`select ${sql.join(fields)} from cases c ${joins}
    where c.workspace_id = ${sql.lit(workspaceId)}
      and c.incidence_day >= ${sql.lit(formatDay(days.start))}::date
      and c.incidence_day < ${sql.lit(formatDay(days.end))}::date
    order by c.incidence_day, c.case_id`;
}

const dayBits = (...fields: TimeField[]) =>
  fields.reduce((bits, field) => bits | (1 << timeFields.indexOf(field)), 0);

/**
 * Days from the receipt of a case, else from when it happened, to its resolution: with their fraction, or whole ones
 * where a source knew one of the two as a day only. Null where one is not known, or the second lies before the first.
 */
function daysToResolve(workspaceId: number): RawBuilder<number | null> {
  const begin = sql`coalesce(c.received_at, c.occurred_at)`;
  const zone = sql`(select w.time_zone from workspaces w where w.id = ${sql.lit(workspaceId)})`;
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

function daysSinceEpoch(day: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(${day} - date '1970-01-01')`;
}
