import { sql, type Transaction } from "kysely";
import { type Day, formatDay, type Period, parseDay, shiftMonths } from "#analytics/period.ts";
import { copyTuples } from "../engine/copy-tuples.ts";
import type { ImportConnection } from "../imports/store/import-turn.ts";
import type { Database, Schema } from "../schema.ts";
import { causeColumns } from "./case-tuples.ts";

/** Which cases are in a month, and as of which change they, and their causes, are what they are now. */
export interface MonthVersions {
  /** Its first day. */
  month: Day;
  casesAt: number;
  causesAt: number;
}

/** The months of a workspace that have cases, or had some, in their order. */
export async function listMonths(db: Database, workspaceId: number): Promise<MonthVersions[]> {
  const rows = await db
    .selectFrom("segment_versions")
    .select(["month", "cases_at", "causes_at"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("month")
    .execute();
  return rows.map((row) => ({
    month: dayOf(row.month),
    casesAt: row.cases_at,
    causesAt: row.causes_at,
  }));
}

/** By the first day of each month that has cases: how many happened in it. */
export async function countCasesOfMonths(
  db: Database,
  workspaceId: number,
  days: Period,
): Promise<Map<Day, number>> {
  const rows = await db
    .selectFrom("cases")
    .select((eb) => [
      sql<string>`date_trunc('month', incidence_day)::date`.as("month"),
      eb.fn.countAll<number>().as("cases"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("incidence_day", ">=", formatDay(days.start))
    .where("incidence_day", "<", formatDay(days.end))
    .groupBy("month")
    .execute();
  return new Map(rows.map(({ month, cases }) => [dayOf(month), cases]));
}

/** By month: the names of its segments that are not stale. */
export async function listFreshSegments(db: Database, workspaceId: number): Promise<Map<Day, Set<string>>> {
  const rows = await db
    .selectFrom("case_segments as s")
    .innerJoin("segment_versions as v", (join) =>
      join.onRef("v.workspace_id", "=", "s.workspace_id").onRef("v.month", "=", "s.month"),
    )
    .select(["s.month", sql<string[]>`array_agg(s.column_name)`.as("names")])
    .where("s.workspace_id", "=", workspaceId)
    .where(isFresh)
    .groupBy("s.month")
    .execute();
  return new Map(rows.map(({ month, names }) => [dayOf(month), new Set(names)]));
}

/** Of a segment `s` and the versions `v` of its month. */
const isFresh = sql<boolean>`s.version = case
  when s.column_name in (${sql.join(causeColumns.map((name) => sql.lit(name)))}) then v.causes_at
  else v.cases_at end`;

export interface Segment {
  month: Day;
  name: string;
  rows: number;
  /** Of no use after the call that it was given to. */
  data: Uint8Array;
}

/** Visits every segment of a workspace that is not stale. Cost: what their bytes cost to come; none is kept. */
export async function visitSegments(
  { client, db }: ImportConnection,
  workspaceId: number,
  visit: (segment: Segment) => void,
): Promise<void> {
  const { sql: query } = sql`select (s.month - date '1970-01-01')::int4, s.rows, s.data, s.column_name
    from case_segments s
    join segment_versions v on v.workspace_id = s.workspace_id and v.month = s.month
    where s.workspace_id = ${sql.lit(workspaceId)} and ${isFresh}`.compile(db);
  await copyTuples(client, query, (bytes, at) => {
    const data = at + 20;
    const name = data + bytes.readInt32BE(at + 16);
    visit({
      month: bytes.readInt32BE(at + 4),
      rows: bytes.readInt32BE(at + 12),
      data: bytes.subarray(data, name),
      name: bytes.toString("utf8", name + 4, name + 4 + bytes.readInt32BE(name)),
    });
  });
}

export interface MadeSegment {
  name: string;
  rows: number;
  data: Uint8Array;
}

/**
 * Keeps what was made of a month. False, and nothing is kept, where the month has changed since: who changed it leaves it
 * stale, and it is made again. Of two who made the same, the last one's stays.
 */
export async function saveSegments(
  trx: Transaction<Schema>,
  workspaceId: number,
  { month, casesAt, causesAt }: MonthVersions,
  segments: readonly MadeSegment[],
): Promise<boolean> {
  const isOfCauses = new Set<string>(causeColumns);
  const now = await trx
    .selectFrom("segment_versions")
    .select(["cases_at", "causes_at"])
    .where("workspace_id", "=", workspaceId)
    .where("month", "=", formatDay(month))
    .forUpdate()
    .executeTakeFirst();
  if (now?.cases_at !== casesAt || now.causes_at !== causesAt) return false;
  if (segments.every(({ rows }) => rows === 0)) {
    await forgetMonth(trx, workspaceId, month);
    return true;
  }
  await trx
    .insertInto("case_segments")
    .values(
      segments.map(({ name, rows, data }) => ({
        workspace_id: workspaceId,
        month: formatDay(month),
        column_name: name,
        version: isOfCauses.has(name) ? causesAt : casesAt,
        rows,
        data,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "month", "column_name"]).doUpdateSet(({ ref }) => ({
        version: ref("excluded.version"),
        rows: ref("excluded.rows"),
        data: ref("excluded.data"),
      })),
    )
    .execute();
  return true;
}

/** All its cases went, or moved to other months. */
async function forgetMonth(trx: Transaction<Schema>, workspaceId: number, month: Day): Promise<void> {
  for (const table of ["case_segments", "segment_versions"] as const)
    await trx
      .deleteFrom(table)
      .where("workspace_id", "=", workspaceId)
      .where("month", "=", formatDay(month))
      .execute();
}

/** The days of a month by its first one. */
export function daysOfMonth(month: Day): Period {
  return { start: month, end: shiftMonths(month, 1) };
}

function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`Expected a day as YYYY-MM-DD, got “${text}”.`);
  return day;
}
