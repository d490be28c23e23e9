import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { CaseRecord } from "#analytics/case.ts";
import type { OpenDatabase } from "../open-database.ts";
import type { Schema } from "../schema.ts";
import { findOrCreateWorkspace, type Workspace } from "../workspaces.ts";
import { type InterpretedRow, interpretRecord, interpretRow } from "./map/interpret-rows.ts";
import { presetsToTry } from "./map/presets/presets.ts";
import { findHeader } from "./read/find-header.ts";
import { inspectFile } from "./read/inspect-file.ts";
import { readCsv } from "./read/read-csv.ts";
import { countsOf, type ImportCounts, rowsRead } from "./store/import-counts.ts";
import { beginImport, failImport, finishImport, type ImportSource } from "./store/import-record.ts";
import { takeImportTurn } from "./store/import-turn.ts";
import { LocalDays } from "./store/local-days.ts";
import { NameDictionary } from "./store/name-dictionary.ts";
import { type CaseHome, prepareCase } from "./store/prepare-case.ts";
import { rejectedRow } from "./store/rejected-row.ts";
import { type Batch, type RunningImport, storeBatch } from "./store/store-batch.ts";

const rowsPerTransaction = 2_000;

export interface ImportProgress {
  counts: ImportCounts;
  /** Share of the source that is committed, 0 to 1. */
  share: number;
}

export interface ImportResult {
  workspaceId: number;
  importId: number;
  preset: string;
  read: number;
  counts: ImportCounts;
  /** Rows that an earlier run of the same import, which was stopped, had committed already. */
  resumedAfter: number;
}

type OnProgress = (progress: ImportProgress) => void;
type Database = Pick<OpenDatabase, "db" | "engine">;

export interface FileImport {
  path: string;
  /** What people know the file by; the last part of its path unless said otherwise. */
  name?: string | undefined;
  /** A workspace's name; it is made when there is none. */
  workspace: string;
  /** Of a workspace that is made: UTC unless said otherwise. */
  timeZone?: string | undefined;
  /** A preset's name; recognised from the header unless said otherwise. */
  preset?: string | undefined;
  onProgress?: OnProgress | undefined;
}

/**
 * Loads a CSV file. The same file twice changes nothing; a row whose content differs from what is stored updates its
 * case; a bad row is kept with its line and reason while the others load. Killed at any point, the next import of
 * the same file goes on behind the last row committed.
 * @throws BadInput when nothing of the file can be loaded; then nothing is stored.
 */
export async function importFile(database: Database, request: FileImport): Promise<ImportResult> {
  const file = await inspectFile(request.path, request.name);
  const header = findHeader(file, presetsToTry(request.preset));
  const workspace = await findOrCreateWorkspace(database.db, {
    name: request.workspace,
    timeZone: request.timeZone ?? "UTC",
  });
  const source: RowSource = {
    ...file,
    preset: header.preset.name,
    columns: header.columns,
    async *rows(skip) {
      let row = 0;
      for await (const csvRow of readCsv(file.path, header))
        if (row++ >= skip) yield { ...interpretRow(header, csvRow), share: csvRow.offset / file.sizeBytes };
    },
  };
  return importRows(database, workspace, source, request.onProgress);
}

/**
 * Loads records that come from no file (the demo), on the same path: what `importFile` says holds for them too. They
 * are held in memory, since their hash is needed before the first is stored.
 */
export async function importRecords(
  database: Database,
  workspace: Workspace,
  records: Iterable<CaseRecord>,
  { name, onProgress }: { name: string; onProgress?: OnProgress },
): Promise<ImportResult> {
  const rows = Array.from(records, interpretRecord);
  const hash = createHash("sha256");
  for (const { cells } of rows) hash.update(cells.join());
  const source: RowSource = {
    name,
    sizeBytes: rows.reduce((sum, { cells }) => sum + Buffer.byteLength(cells.join()), 0),
    sha256: hash.digest("hex"),
    preset: "records",
    columns: [],
    async *rows(skip) {
      for (const [index, row] of rows.entries())
        if (index >= skip) yield { ...row, share: index / rows.length };
    },
  };
  return importRows(database, workspace, source, onProgress);
}

interface SourceRow extends InterpretedRow {
  /** Share of the source that lies before the row. */
  share: number;
}

interface RowSource extends ImportSource {
  rows(skip: number): AsyncIterable<SourceRow>;
}

async function importRows(
  database: Database,
  workspace: Workspace,
  source: RowSource,
  onProgress: OnProgress | undefined,
): Promise<ImportResult> {
  return takeImportTurn(database, workspace.id, async (db) => {
    const row = await beginImport(db, workspace.id, source);
    const running: RunningImport = {
      workspaceId: workspace.id,
      importId: row.import_id,
      names: await NameDictionary.load(db, workspace.id),
      cursorRow: row.cursor_row,
      counts: countsOf(row),
    };
    try {
      const home = { workspaceId: workspace.id, days: new LocalDays(workspace.time_zone) };
      const { counts } = await storeAll(
        db,
        running,
        batchesOf(source.rows(running.cursorRow), home),
        onProgress,
      );
      await finishImport(db, workspace.id, running.importId);
      const { importId } = running;
      const result = { workspaceId: workspace.id, importId, preset: source.preset };
      return { ...result, read: rowsRead(counts), counts, resumedAfter: row.cursor_row };
    } catch (error) {
      await failImport(db, workspace.id, running.importId, `It stopped: ${messageOf(error)}`).catch(
        () => undefined,
      );
      throw error;
    }
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface SharedBatch extends Batch {
  share: number;
}

async function storeAll(
  db: Kysely<Schema>,
  start: RunningImport,
  batches: AsyncGenerator<SharedBatch, void>,
  onProgress: OnProgress | undefined,
): Promise<RunningImport> {
  let running = start;
  let next = batches.next();
  for (;;) {
    const { value: batch, done } = await next;
    if (done) return running;
    next = batches.next(); // read while the database writes
    next.catch(() => undefined); // awaited above, unless storing fails first
    running = await storeBatch(db, running, batch);
    onProgress?.({ counts: running.counts, share: batch.share });
  }
}

async function* batchesOf(rows: AsyncIterable<SourceRow>, home: CaseHome): AsyncGenerator<SharedBatch, void> {
  let batch: SourceRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < rowsPerTransaction) continue;
    yield prepareBatch(batch, home);
    batch = [];
  }
  if (batch.length > 0) yield { ...prepareBatch(batch, home), share: 1 };
}

function prepareBatch(rows: readonly SourceRow[], home: CaseHome): SharedBatch {
  return {
    rows: rows.length,
    share: rows.at(-1)?.share ?? 1,
    cases: rows.flatMap(({ result }) => ("record" in result ? [prepareCase(home, result.record)] : [])),
    rejected: rows.flatMap(({ line, cells, result }) =>
      "rejection" in result ? [rejectedRow(line, cells, result.rejection)] : [],
    ),
  };
}
