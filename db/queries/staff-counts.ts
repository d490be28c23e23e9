import { type Kysely, sql } from "kysely";
import type { Schema } from "../schema.ts";
import { loadNames } from "./names.ts";

// Who handled cases, and whose work they are about: no other query than these, that of a whole case and that of the file
// of cases reads it.

/** Days, half-open, `YYYY-MM-DD`, cut into weeks from the first one. */
export interface Weeks {
  from: string;
  to: string;
}

export interface HandledRow {
  unit: string | null;
  agent: string;
  week: number;
  cases: number;
}

/** Cases of any kind by the team they came to, who handled them and the week in which they happened. */
export async function countHandled(
  db: Kysely<Schema>,
  workspaceId: number,
  { from, to }: Weeks,
): Promise<HandledRow[]> {
  const rows = await db
    .selectFrom("cases")
    .select([
      "team_id",
      sql<string>`handled_by_ref`.as("agent"), // not null by the condition
      weekSince(from).as("week"),
    ])
    .select((eb) => eb.fn.countAll<number>().as("cases"))
    .where("workspace_id", "=", workspaceId)
    .where("handled_by_ref", "is not", null)
    .where("incidence_day", ">=", from)
    .where("incidence_day", "<", to)
    .groupBy(["team_id", "handled_by_ref", "week"])
    .execute();
  const teams = (await loadNames(db, workspaceId)).team;
  return rows.map(({ team_id: team, ...row }) => ({ ...row, unit: teams[team ?? 0] ?? null }));
}

export interface ConcernedRow {
  caseId: string;
  unit: string | null;
  /** Whose work the case is about. */
  agent: string | null;
  week: number;
}

/** Of cases, by their ids: the team they came to, whose work they are about, and the week. Those of other days are left out. */
export async function listConcerned(
  db: Kysely<Schema>,
  workspaceId: number,
  { from, to }: Weeks,
  caseIds: readonly string[],
): Promise<ConcernedRow[]> {
  const rows = await db
    .selectFrom("cases")
    .select(["case_id", "team_id", "concerned_agent_ref", weekSince(from).as("week")])
    .where("workspace_id", "=", workspaceId)
    .where("incidence_day", ">=", from)
    .where("incidence_day", "<", to)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .execute();
  const teams = (await loadNames(db, workspaceId)).team;
  return rows.map((row) => ({
    caseId: row.case_id,
    unit: teams[row.team_id ?? 0] ?? null,
    agent: row.concerned_agent_ref,
    week: row.week,
  }));
}

function weekSince(day: string) {
  return sql<number>`(incidence_day - ${sql.lit(day)}::date) / 7`;
}
