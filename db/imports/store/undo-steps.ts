import { type Kysely, sql, type Transaction } from "kysely";
import type { Schema } from "../../schema.ts";
import { anyOf, type ImportKey, raiseBelow, raiseDataVersion, removeTop, spliceOut } from "./case-stack.ts";
import type { ImportTurn } from "./import-turn.ts";
import { touchOf } from "./undone-cases.ts";

/** What becomes of the cases that an import brought a value to: `UndoPlan` says what each word means. */
export interface UndoCounts {
  removed: number;
  restored: number;
  spliced: number;
  kept: number;
}

type Advance = (part: Partial<UndoCounts>) => void;

const casesPerTransaction = 1_000;
const idsPerPage = 20_000;

/** The import's values that lie below another's. */
export async function takeFromBelow(turn: ImportTurn, key: ImportKey, advance: Advance): Promise<void> {
  for (;;) {
    const ids = await turn(({ db }) => idsBelow(db, key));
    if (ids.length === 0) return;
    await turn(({ db }) => db.transaction().execute((trx) => spliceOut(trx, key, ids)));
    advance({ spliced: ids.length });
  }
}

/** The import's values that are on top: those that are kept are passed by. */
export async function takeFromTop(turn: ImportTurn, key: ImportKey, advance: Advance): Promise<void> {
  const runs = await turn(({ db }) => runIds(db, key.workspaceId));
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const page = await turn(({ db }) => idsOnTop(db, key, after));
    for (let start = 0; start < page.length; start += casesPerTransaction) {
      const ids = page.slice(start, start + casesPerTransaction);
      advance(await turn(({ db }) => db.transaction().execute((trx) => takeOff(trx, key, { ids, runs }))));
    }
    const last = page.at(-1);
    if (last === undefined || page.length < idsPerPage) return;
    after = last;
  }
}

async function takeOff(
  trx: Transaction<Schema>,
  key: ImportKey,
  { ids, runs }: { ids: readonly string[]; runs: readonly number[] },
): Promise<Partial<UndoCounts>> {
  await raiseDataVersion(trx, key.workspaceId, { cases: ids });
  const cases = await valuesOf(trx, key, ids);
  const restored = cases.filter(({ below }) => below !== null).map((row) => row.case_id);
  const removed = cases
    .filter(({ below, touch }) => below === null && touch === null)
    .map((row) => row.case_id);
  await removeTop(trx, key.workspaceId, [...restored, ...removed]);
  await raiseBelow(trx, key, restored);
  await removeAssignments(trx, key.workspaceId, { ids: removed, runs });
  const kept = cases.length - restored.length - removed.length;
  return { removed: removed.length, restored: restored.length, kept };
}

/** Found by the cases' ids alone: the import's index would read all its cases for each part of them. */
async function valuesOf(db: Kysely<Schema>, { workspaceId, importId }: ImportKey, ids: readonly string[]) {
  const cases = await db
    .selectFrom("cases as c")
    .leftJoin("case_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "c.workspace_id")
        .onRef("v.case_id", "=", "c.case_id")
        .on("v.replaced_by", "=", importId),
    )
    .where("c.workspace_id", "=", workspaceId)
    .where("c.case_id", "=", anyOf(ids))
    .select(["c.case_id", "c.import_id", "v.import_id as below", touchOf(workspaceId).as("touch")])
    .execute();
  return cases.filter((row) => row.import_id === importId);
}

/** The run is named, since it leads the key: to find a case in any run would read the whole table. */
async function removeAssignments(
  trx: Transaction<Schema>,
  workspaceId: number,
  { ids, runs }: { ids: readonly string[]; runs: readonly number[] },
): Promise<void> {
  if (ids.length === 0 || runs.length === 0) return;
  for (const table of ["case_causes", "unassigned_cases"] as const)
    await trx
      .deleteFrom(table)
      .where("workspace_id", "=", workspaceId)
      .where(sql<boolean>`run_id = any(${runs}::int[])`)
      .where("case_id", "=", anyOf(ids))
      .execute();
}

async function idsBelow(db: Kysely<Schema>, { workspaceId, importId }: ImportKey): Promise<string[]> {
  const rows = await db
    .selectFrom("case_versions")
    .select("case_id")
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .limit(casesPerTransaction)
    .execute();
  return rows.map((row) => row.case_id);
}

async function idsOnTop(
  db: Kysely<Schema>,
  { workspaceId, importId }: ImportKey,
  after: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .where("case_id", ">", after)
    .orderBy("case_id")
    .limit(idsPerPage)
    .execute();
  return rows.map((row) => row.case_id);
}

async function runIds(db: Kysely<Schema>, workspaceId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("analysis_runs")
    .select("run_id")
    .where("workspace_id", "=", workspaceId)
    .execute();
  return rows.map((row) => row.run_id);
}
