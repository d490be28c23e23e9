import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Cases, CaseTexts, RejectedRows, Schema } from "../../schema.ts";
import { addCounts, countColumns, countRecords, type ImportCounts } from "./import-counts.ts";
import type { NameDictionary } from "./name-dictionary.ts";
import type { PreparedCase } from "./prepare-case.ts";
import type { RejectedRow } from "./rejected-row.ts";

/** An import under way. */
export interface RunningImport {
  workspaceId: number;
  importId: number;
  names: NameDictionary;
  /** Data rows that are committed. */
  cursorRow: number;
  counts: ImportCounts;
}

/** The next rows of an import: the cases in the order of the file, and how many data rows they took. */
export interface Batch {
  rows: number;
  cases: readonly PreparedCase[];
  rejected: readonly RejectedRow[];
}

/**
 * One transaction: the cases, the rejected rows, the cursor and the counts of the import. A kill at any point leaves
 * all of a batch or nothing of it. Gives the import as it stands after the batch.
 */
export async function storeBatch(
  db: Kysely<Schema>,
  running: RunningImport,
  batch: Batch,
): Promise<RunningImport> {
  const { workspaceId, importId } = running;
  const key = { workspace_id: workspaceId, import_id: importId };
  return db.transaction().execute(async (trx) => {
    const changes = planChanges(batch.cases, await storedHashes(trx, workspaceId, batch.cases));
    const counts = addCounts(running.counts, {
      ...changes.counts,
      rejected: batch.rejected.length,
      ...countRecords(batch.cases.map(({ record }) => record)),
    });
    const cursorRow = running.cursorRow + batch.rows;
    await writeCases(trx, running, changes);
    await insertRejected(
      trx,
      batch.rejected.map((row) => ({ ...key, ...row })),
    );
    await trx
      .updateTable("imports")
      .set({ cursor_row: cursorRow, ...countColumns(counts) })
      .where("workspace_id", "=", workspaceId)
      .where("import_id", "=", importId)
      .execute();
    return { ...running, cursorRow, counts };
  });
}

async function storedHashes(
  trx: Transaction<Schema>,
  workspaceId: number,
  cases: readonly PreparedCase[],
): Promise<Map<string, string>> {
  const ids = cases.map(({ row }) => row.case_id);
  const stored = await trx
    .selectFrom("cases")
    .select(["case_id", "content_hash"])
    .where("workspace_id", "=", workspaceId)
    .where("case_id", "=", anyOf(ids))
    .execute();
  return new Map(stored.map((row) => [row.case_id, row.content_hash]));
}

/** One parameter, however many ids. */
function anyOf(ids: readonly string[]) {
  return sql<string>`any(${ids}::uuid[])`;
}

interface Changes {
  /** New and changed cases, each once. */
  write: PreparedCase[];
  /** Which of them are stored already. */
  replacedIds: string[];
  counts: Pick<ImportCounts, "new" | "updated" | "unchanged">;
}

/** Compares each row with what the row before it left: a case that comes twice counts as two loads would. */
function planChanges(cases: readonly PreparedCase[], stored: ReadonlyMap<string, string>): Changes {
  const counts = { new: 0, updated: 0, unchanged: 0 };
  const latest = new Map<string, PreparedCase>();
  for (const prepared of cases) {
    const { case_id: id, content_hash: hash } = prepared.row;
    const before = latest.get(id)?.row.content_hash ?? stored.get(id);
    if (before === undefined) counts.new++;
    else if (before === hash) counts.unchanged++;
    else counts.updated++;
    latest.set(id, prepared);
  }
  const write = [...latest.values()].filter(({ row }) => stored.get(row.case_id) !== row.content_hash);
  const replacedIds = write.map(({ row }) => row.case_id).filter((id) => stored.has(id));
  return { write, replacedIds, counts };
}

type SparseCase = Partial<Selectable<Cases>>;

async function writeCases(trx: Transaction<Schema>, running: RunningImport, changes: Changes): Promise<void> {
  const { workspaceId, importId, names } = running;
  if (changes.write.length === 0) return;
  const rows = changes.write.map(
    ({ record, row }): SparseCase => ({
      ...row,
      import_id: importId,
      contact_reason_id: names.idOf("contact_reason", record.contact_reason),
      product_id: names.idOf("product", record.product),
      team_id: names.idOf("team", record.team),
      channel_id: names.idOf("channel", record.channel),
      region_id: names.idOf("region", record.region),
    }),
  );
  await names.save(trx);
  await removeCases(trx, workspaceId, changes.replacedIds);
  await insertCases(trx, rows);
  await insertTexts(
    trx,
    changes.write.map(({ text }) => text),
  );
  await trx
    .updateTable("workspaces")
    .set(({ eb }) => ({ data_version: eb("data_version", "+", 1) }))
    .where("id", "=", workspaceId)
    .execute();
}

async function removeCases(
  trx: Transaction<Schema>,
  workspaceId: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  for (const table of ["cases", "case_texts"] as const)
    await trx
      .deleteFrom(table)
      .where("workspace_id", "=", workspaceId)
      .where("case_id", "=", anyOf(ids))
      .execute();
}

// One JSON document a statement: the table's own row type says which key goes to which column, as what type, and a
// key that is absent is null.

async function insertCases(trx: Transaction<Schema>, rows: readonly SparseCase[]): Promise<void> {
  await sql`insert into cases
    select * from json_populate_recordset(null::cases, ${JSON.stringify(rows)}::json)`.execute(trx);
}

async function insertTexts(
  trx: Transaction<Schema>,
  rows: readonly Partial<Selectable<CaseTexts>>[],
): Promise<void> {
  await sql`insert into case_texts
    select * from json_populate_recordset(null::case_texts, ${JSON.stringify(rows)}::json)`.execute(trx);
}

async function insertRejected(
  trx: Transaction<Schema>,
  rows: readonly Selectable<RejectedRows>[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into rejected_rows
    select * from json_populate_recordset(null::rejected_rows, ${JSON.stringify(rows)}::json)`.execute(trx);
}
