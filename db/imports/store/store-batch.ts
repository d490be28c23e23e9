import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { DatabaseError, type PoolClient } from "pg";
import type { Cases, Schema } from "../../schema.ts";
import { anyOf, type ImportKey, pushBelow, raiseDataVersion, removeTop } from "./case-stack.ts";
import { copyRows, pickLines } from "./copy-rows.ts";
import { addCounts, countColumns, type ImportCounts } from "./import-counts.ts";
import { insertNames } from "./name-dictionary.ts";
import type { PreparedBatch } from "./prepare-batch.ts";

/** An import under way. */
export interface RunningImport extends ImportKey {
  /** Data rows that are committed. */
  cursorRow: number;
  counts: ImportCounts;
  /**
   * No case of its next batch is taken to be stored: nobody looks, which saves a third of the time. Where one is, the
   * tables refuse the batch, which is stored again with a look, and so are those behind it.
   */
  expectsNew: boolean;
}

export interface BatchStep {
  running: RunningImport;
  batch: PreparedBatch;
}

/** What became of an accepted row. */
export type RowFate = "new" | "updated" | "unchanged";

/**
 * One transaction: the cases, the rejected rows, the cursor and the counts of the import. A kill at any point leaves
 * all of a batch or nothing of it. Gives the import as it stands after the batch.
 * @param client the very connection of `db` (`withConnection`)
 */
export async function storeBatch(
  client: PoolClient,
  db: Kysely<Schema>,
  step: BatchStep,
): Promise<RunningImport> {
  const store = (running: RunningImport) =>
    db.transaction().execute((trx) => storeBatchIn(client, trx, { ...step, running }));
  try {
    return (await store(step.running)).running;
  } catch (error) {
    if (!step.running.expectsNew || !isStoredCase(error)) throw error;
    return (await store({ ...step.running, expectsNew: false })).running;
  }
}

/** Whether a transaction failed because a case that was taken for new is stored already. */
function isStoredCase(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "23505" && error.constraint === "cases_pkey";
}

/** The same as a step of a larger transaction; tells what became of each accepted row, too. */
export async function storeBatchIn(
  client: PoolClient,
  trx: Transaction<Schema>,
  { running, batch }: BatchStep,
): Promise<{ running: RunningImport; fates: RowFate[] }> {
  const stored = running.expectsNew
    ? new Map<string, Stored>()
    : await storedHashes(trx, running.workspaceId, batch.ids);
  const changes = planChanges(batch, stored);
  const counts = addCounts(running.counts, {
    ...countFates(changes.fates),
    folded: 0,
    rejected: batch.rejected.length,
    open: batch.open,
    coverage: batch.coverage,
  });
  const after = { ...running, cursorRow: running.cursorRow + batch.rows, counts };
  await insertNames(trx, batch.newNames);
  await writeCases(client, trx, { running, batch }, changes);
  await insertRejected(trx, running, batch);
  await trx
    .updateTable("imports")
    .set({ cursor_row: after.cursorRow, words_indexed: false, ...countColumns(counts) })
    .where("workspace_id", "=", running.workspaceId)
    .where("import_id", "=", running.importId)
    .execute();
  return { running: after, fates: changes.fates };
}

type Stored = Pick<Selectable<Cases>, "content_hash" | "import_id">;

/** What is stored of these cases, by their ids. */
export async function storedHashes(
  db: Kysely<Schema>,
  workspaceId: number,
  ids: readonly string[],
): Promise<Map<string, Stored>> {
  const rows = await db
    .selectFrom("cases")
    .select(["case_id", "content_hash", "import_id"])
    .where("workspace_id", "=", workspaceId)
    .where("case_id", "=", anyOf(ids))
    .execute();
  return new Map(rows.map((row) => [row.case_id, row]));
}

interface Changes {
  fates: RowFate[];
  /** Indexes of the rows to write, ascending: the last one of each case of which a row is new or differs. */
  write: number[];
  /** Cases among them that are stored already, and the imports whose values they have. */
  replaced: Map<string, number>;
}

/**
 * Compares each row with what the row before it left: a case that comes twice counts, and leaves a value of this
 * import, as two batches of one row would.
 */
function planChanges({ ids, hashes }: PreparedBatch, stored: ReadonlyMap<string, Stored>): Changes {
  const latest = new Map<string, number>();
  const changed = new Set<string>();
  const fates = ids.map((id, index): RowFate => {
    const earlier = latest.get(id);
    const before = earlier === undefined ? stored.get(id)?.content_hash : hashes[earlier];
    latest.set(id, index);
    if (before === hashes[index]) return "unchanged";
    changed.add(id);
    return before === undefined ? "new" : "updated";
  });
  const write: number[] = [];
  const replaced = new Map<string, number>();
  for (const [id, index] of latest) {
    if (!changed.has(id)) continue;
    write.push(index);
    const before = stored.get(id);
    if (before !== undefined) replaced.set(id, before.import_id);
  }
  return { fates, write: write.sort((a, b) => a - b), replaced };
}

function countFates(fates: readonly RowFate[]): Pick<ImportCounts, RowFate> {
  const counts = { new: 0, updated: 0, unchanged: 0 };
  for (const fate of fates) counts[fate]++;
  return counts;
}

async function writeCases(
  client: PoolClient,
  trx: Transaction<Schema>,
  { running, batch }: BatchStep,
  { write, replaced }: Changes,
): Promise<void> {
  if (write.length === 0) return;
  const ids = [...replaced.keys()];
  const days = write.map((index) => batch.days[index] ?? 0);
  await raiseDataVersion(trx, running.workspaceId, { cases: ids, days });
  const ofOthers = ids.filter((id) => replaced.get(id) !== running.importId);
  await pushBelow(trx, running, ofOthers);
  await removeTop(trx, running.workspaceId, ids);
  const count = batch.ids.length;
  await copyRows(client, "cases", pickLines(batch.caseLines, write, count));
  await copyRows(client, "case_texts", pickLines(batch.textLines, write, count));
}

async function insertRejected(
  trx: Transaction<Schema>,
  { workspaceId, importId, cursorRow }: RunningImport,
  { rejected }: PreparedBatch,
): Promise<void> {
  if (rejected.length === 0) return;
  const rows = rejected.map((row) => ({
    ...row,
    workspace_id: workspaceId,
    import_id: importId,
    row_number: cursorRow + row.row_number,
  }));
  // One JSON document: the table's own row type says which key goes to which column, as what type.
  await sql`insert into rejected_rows
    select * from json_populate_recordset(null::rejected_rows, ${JSON.stringify(rows)}::json)`.execute(trx);
}
