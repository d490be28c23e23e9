import { type Kysely, type Selectable, sql } from "kysely";
import type { OpenDatabase } from "../../open-database.ts";
import { recordAudit } from "../../queries/audit.ts";
import type { Schema } from "../../schema.ts";
import type { Imports } from "../../schema-imports.ts";
import { type ImportKey, raiseDataVersion } from "./case-stack.ts";
import { takeImportTurn } from "./import-turn.ts";
import { takeFromBelow, takeFromTop, type UndoCounts } from "./undo-steps.ts";
import {
  type KeptCase,
  listKept,
  listRemoved,
  listRestored,
  listSpliced,
  type RestoredCase,
  type SplicedCase,
  touchOf,
  type UndoneCase,
  valuesOnTop,
} from "./undone-cases.ts";

/** What undoing an import would do: how many cases, and the first of them. */
export interface UndoPlan {
  /** It alone brought them: they go. */
  removed: Listed<UndoneCase>;
  /** It changed them last: they get the value back that they had before. */
  restored: Listed<RestoredCase>;
  /** A later import changed them since: that import's value stays. */
  spliced: Listed<SplicedCase>;
  /** It alone brought them, but a person has worked with them since: they stay as they are. */
  kept: Listed<KeptCase>;
  /** Rows that later imports found unchanged. Those of them that this import had brought go, or fall back, too. */
  unchangedLater: number;
}

export interface Listed<Case> {
  count: number;
  /** At most 100 of them. */
  cases: Case[];
}

/** There is nothing that could be undone. The message says why. */
export class CannotUndo extends Error {
  override readonly name = "CannotUndo";
}

/** Tells what `undoImport` would do, and changes nothing. */
export async function planUndo(db: Kysely<Schema>, workspaceId: number, importId: number): Promise<UndoPlan> {
  const key = { workspaceId, importId };
  const { removed, restored, spliced, kept } = await countValues(db, key);
  return {
    removed: { count: removed, cases: await listRemoved(db, key) },
    restored: { count: restored, cases: await listRestored(db, key) },
    spliced: { count: spliced, cases: await listSpliced(db, key) },
    kept: { count: kept, cases: await listKept(db, key) },
    unchangedLater: await countUnchangedLater(db, key),
  };
}

/**
 * Takes what an import brought away again: its value out of each case's stack, and a case that has no other value,
 * unless a person has worked with it. To undo imports in any order leaves what loading the others alone would have
 * left, but for rows that a later import found unchanged: these are the earlier import's values. Killed at any point,
 * undoing it again ends the work; meanwhile the import can't go on. One that is undone already stays as it is. The
 * words of cases that got an earlier value back are to be made afterwards (`indexWords`).
 * @param onProgress share of its cases that are done, 0 to 1
 * @throws CannotUndo
 */
export async function undoImport(
  database: Pick<OpenDatabase, "db" | "pool" | "engine">,
  workspaceId: number,
  importId: number,
  onProgress: (share: number) => void = () => {},
): Promise<UndoCounts> {
  const key = { workspaceId, importId };
  return takeImportTurn(database, workspaceId, async (turn) => {
    const done: UndoCounts = { removed: 0, restored: 0, spliced: 0, kept: 0 };
    const before = await turn(({ db }) => beginUndo(db, key));
    if (before.state === "undone") return done;
    await turn(({ db }) => refreshStackStatistics(db));
    const total = sumOf(await turn(({ db }) => countValues(db, key)));
    const advance = (part: Partial<UndoCounts>) => {
      for (const fate of fates) done[fate] += part[fate] ?? 0;
      onProgress(Math.min(1, sumOf(done) / total));
    };
    await takeFromBelow(turn, key, advance);
    await takeFromTop(turn, key, advance);
    await turn(({ db }) => endUndo(db, key, { state: before.state, done }));
    return done;
  });
}

const fates = ["removed", "restored", "spliced", "kept"] as const;

function sumOf(counts: UndoCounts): number {
  return fates.reduce((sum, fate) => sum + counts[fate], 0);
}

async function countValues(db: Kysely<Schema>, key: ImportKey): Promise<UndoCounts> {
  const isTouched = sql<boolean>`${touchOf(key.workspaceId)} is not null`;
  const onTop = await valuesOnTop(db, key)
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere("v.case_id", "is not", null).as("restored"),
      fn.countAll<number>().filterWhere("v.case_id", "is", null).filterWhere(isTouched).as("kept"),
      fn.countAll<number>().filterWhere("v.case_id", "is", null).as("alone"),
    ])
    .executeTakeFirstOrThrow();
  const { spliced } = await db
    .selectFrom("case_versions")
    .select(({ fn }) => fn.countAll<number>().as("spliced"))
    .where("workspace_id", "=", key.workspaceId)
    .where("import_id", "=", key.importId)
    .executeTakeFirstOrThrow();
  const { restored, kept, alone } = onTop;
  return { removed: alone - kept, restored, spliced, kept };
}

async function countUnchangedLater(
  db: Kysely<Schema>,
  { workspaceId, importId }: ImportKey,
): Promise<number> {
  const { n } = await db
    .selectFrom("imports")
    .select(({ fn }) => sql<number>`coalesce(${fn.sum("unchanged_rows")}, 0)::int8`.as("n"))
    .where("workspace_id", "=", workspaceId)
    .where("import_id", ">", importId)
    .where("state", "not in", ["draft", "undone"])
    .executeTakeFirstOrThrow();
  return n;
}

/** What the page says of an import whose undoing was cut short. */
const halfUndone = "Its undoing was begun and has not come to its end; undo it again.";

/** The import as it was before. Only for the holder of the turn: one that is marked as running was killed. */
async function beginUndo(
  db: Kysely<Schema>,
  { workspaceId, importId }: ImportKey,
): Promise<Selectable<Imports>> {
  const row = await db
    .selectFrom("imports")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .executeTakeFirst();
  if (row === undefined)
    throw new CannotUndo(`There is no import ${importId} in this workspace; nothing was undone.`);
  if (row.state === "draft")
    throw new CannotUndo(`The import ${importId} is a draft and has loaded nothing; discard it instead.`);
  if (row.state === "undone") return row;
  // Finished: one that is not could go on behind its cursor, over what is half taken away.
  await db
    .updateTable("imports")
    .set({ state: "finished", failure: halfUndone, finished_at: sql<string>`coalesce(finished_at, now())` })
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .execute();
  return row;
}

/** The table changes a lot between two undoes, and without its size each step would read all of the import's values. */
async function refreshStackStatistics(db: Kysely<Schema>): Promise<void> {
  await sql`analyze case_versions (workspace_id, case_id, replaced_by, import_id)`.execute(db);
}

async function endUndo(
  db: Kysely<Schema>,
  { workspaceId, importId }: ImportKey,
  { state, done }: { state: Imports["state"]; done: UndoCounts },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await raiseDataVersion(trx, workspaceId, "no column");
    await trx
      .updateTable("imports")
      .set({ state: "undone", failure: null, undone_at: sql<string>`now()` })
      .where("workspace_id", "=", workspaceId)
      .where("import_id", "=", importId)
      .execute();
    await recordAudit(trx, workspaceId, {
      actor: "local user",
      action: "import.undo",
      objectType: "import",
      objectId: String(importId),
      before: { state },
      after: { state: "undone", ...done },
    });
  });
}
