import type { ColumnName } from "#analytics/facts/case-columns.ts";
import { inOneState } from "#db/engine/one-state.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import {
  countCasesOfMonths,
  daysOfMonth,
  listFreshSegments,
  listMonths,
  type MadeSegment,
  type MonthVersions,
  saveSegments,
} from "#db/queries/segments.ts";
import type { Database } from "#db/schema.ts";
import { findWorkspaceById } from "#db/workspaces.ts";
import { runsOfWanted, segmentGroups } from "./load-columns.ts";
import { packAttributes, packColumn } from "./pack-column.ts";
import { type MadeMonth, readMonths, type WantedMonth } from "./read-months.ts";

/** Cases that one transaction reads, unless one month has more: 40 MB of columns. */
const casesAtOnce = 500_000;

/**
 * Makes what is stale of a workspace's columns from its cases and keeps it, some months at a time, each in short
 * transactions. Who needs the columns meanwhile does not wait for it, and may do the same; what changes meanwhile stays
 * stale. Cost: some seconds a million cases on a server.
 */
export async function makeStaleSegments(database: OpenDatabase, workspaceId: number): Promise<void> {
  for (const run of runsOfWanted(await listStale(database.db, workspaceId)))
    for (const months of await cutBySize(database.db, workspaceId, run))
      await keepSegments(database, workspaceId, await readNow(database, workspaceId, months));
}

/** Keeps what was made, but for months that have changed since. Each month is a transaction. */
export async function keepSegments(
  { db }: Pick<OpenDatabase, "db">,
  workspaceId: number,
  made: readonly MadeMonth[],
): Promise<void> {
  for (const month of made) {
    const segments = await packed(month);
    await db.transaction().execute((trx) => saveSegments(trx, workspaceId, month, segments));
  }
}

async function packed({ part, cases, causes }: MadeMonth): Promise<MadeSegment[]> {
  const names = [...(cases ? segmentGroups.cases : []), ...(causes ? segmentGroups.causes : [])];
  const pack = (name: ColumnName | "attributes") =>
    name === "attributes" ? packAttributes(part) : packColumn(name, part[name]);
  return Promise.all(names.map(async (name) => ({ name, rows: part.size, data: await pack(name) })));
}

/** In the order of their months; those that are fresh are not wanted. */
async function listStale(db: Database, workspaceId: number): Promise<WantedMonth[]> {
  const months = await listMonths(db, workspaceId);
  const fresh = await listFreshSegments(db, workspaceId);
  const lacks = (group: readonly string[], month: MonthVersions) =>
    !group.every((name) => fresh.get(month.month)?.has(name));
  return months.map((month) => ({
    ...month,
    cases: lacks(segmentGroups.cases, month),
    causes: lacks(segmentGroups.causes, month),
  }));
}

async function cutBySize(
  db: Database,
  workspaceId: number,
  run: readonly WantedMonth[],
): Promise<WantedMonth[][]> {
  const days = { start: run[0]!.month, end: daysOfMonth(run.at(-1)!.month).end };
  const counts = await countCasesOfMonths(db, workspaceId, days);
  const pieces: WantedMonth[][] = [];
  let cases = Number.POSITIVE_INFINITY;
  for (const month of run) {
    const more = counts.get(month.month) ?? 0;
    if (cases + more > casesAtOnce) {
      pieces.push([]);
      cases = 0;
    }
    pieces.at(-1)!.push(month);
    cases += more;
  }
  return pieces;
}

/** The months as they are by now, with the versions of the same state. */
async function readNow(
  database: OpenDatabase,
  workspaceId: number,
  wanted: readonly WantedMonth[],
): Promise<MadeMonth[]> {
  return inOneState(database, async (connection) => {
    const workspace = await findWorkspaceById(connection.db, workspaceId);
    const now = new Map((await listMonths(connection.db, workspaceId)).map((at) => [at.month, at]));
    const months = wanted.flatMap((month) => {
      const at = now.get(month.month);
      return at === undefined ? [] : [{ ...month, ...at }];
    });
    return readMonths(connection, { id: workspaceId, runId: workspace?.current_run_id ?? null }, months);
  });
}
