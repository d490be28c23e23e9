import { sql, type Transaction } from "kysely";
import { type Day, floorMonth, formatDay } from "#analytics/period.ts";
import type { Schema } from "../schema.ts";

/**
 * What a change of the data makes stale among the columns that are kept of each month (`case_segments`):
 *
 * - `no column`: names and categories of causes, merges, notes of sources. Columns are read through these anew each time.
 * - `all causes`: to which cause every case belongs; another run is shown.
 * - `causesOf`: to which cause these cases belong.
 * - `cases`: these cases themselves, of which any may come, change its day, or go. They are stored before or after the
 *   change, or a value of theirs lies in a stack; `days` has the incidence days of those that are stored nowhere yet.
 */
export type Touched =
  | "no column"
  | "all causes"
  | { causesOf: readonly string[] }
  | { cases: readonly string[]; days?: Iterable<Day> };

/** @param version of the data, from which on what was made of these months before is stale */
export async function markTouched(
  trx: Transaction<Schema>,
  workspaceId: number,
  version: number,
  touched: Touched,
): Promise<void> {
  if (touched === "no column") return;
  if (touched === "all causes") {
    await trx
      .updateTable("segment_versions")
      .set({ causes_at: version })
      .where("workspace_id", "=", workspaceId)
      .execute();
    return;
  }
  if ("causesOf" in touched) {
    const months = await monthsOfCases(trx, workspaceId, touched.causesOf);
    await trx
      .updateTable("segment_versions")
      .set({ causes_at: version })
      .where("workspace_id", "=", workspaceId)
      .where(sql<boolean>`month = any(${[...months]}::date[])`)
      .execute();
    return;
  }
  const months = await monthsOfCases(trx, workspaceId, touched.cases);
  for (const month of await monthsOfStacks(trx, workspaceId, touched.cases)) months.add(month);
  for (const day of new Set(touched.days)) months.add(formatDay(floorMonth(day)));
  if (months.size === 0) return;
  const rows = [...months].map((month) => ({ month, cases_at: version, causes_at: version }));
  await trx
    .insertInto("segment_versions")
    .values(rows.map((row) => ({ workspace_id: workspaceId, ...row })))
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "month"]).doUpdateSet({ cases_at: version, causes_at: version }),
    )
    .execute();
}

/** The first days of the months in which these cases lie. */
async function monthsOfCases(
  trx: Transaction<Schema>,
  workspaceId: number,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await trx
    .selectFrom("cases")
    .select(sql<string>`date_trunc('month', incidence_day)::date`.as("month"))
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`case_id = any(${`{${ids.join(",")}}`}::uuid[])`)
    .execute();
  return new Set(rows.map(({ month }) => month));
}

/** Those in which they lie by a value that another has replaced, and which an undo may bring back. */
async function monthsOfStacks(
  trx: Transaction<Schema>,
  workspaceId: number,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await trx
    .selectFrom("case_versions")
    .select(sql<string>`date_trunc('month', (case_row ->> 'incidence_day')::date)::date`.as("month"))
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`case_id = any(${`{${ids.join(",")}}`}::uuid[])`)
    .execute();
  return new Set(rows.map(({ month }) => month));
}
