import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Selectable } from "kysely";
import type { OpenDatabase } from "../open-database.ts";
import { hasCases } from "../queries/cases.ts";
import type { Imports } from "../schema-imports.ts";
import { findOrCreateWorkspace, findWorkspace, type Workspace } from "../workspaces.ts";
import { BadInput } from "./bad-input.ts";
import { type ExaminedFile, type ExamineWish, examineFile } from "./examine-file.ts";
import type { Mapping } from "./map/mapping.ts";
import { openSource } from "./open-source.ts";
import { batchesOf } from "./prepare-in-worker.ts";
import type { SourceBatch } from "./prepared-batches.ts";
import type { Layout } from "./read/layout.ts";
import type { ReadyFile } from "./read/ready-file.ts";
import { reportColumns } from "./read/rejection-report.ts";
import { type OnProgress, storeSource } from "./run-import.ts";
import { type ImportCounts, rowsRead } from "./store/import-counts.ts";
import { beginImport, type ImportSource } from "./store/import-record.ts";
import { type ImportTurn, takeImportTurn } from "./store/import-turn.ts";
import { loadNameEntries } from "./store/name-dictionary.ts";
import { findMappingOf } from "./store/queries.ts";

type Database = Pick<OpenDatabase, "db" | "pool" | "engine" | "directory">;

export interface FileImport {
  path: string;
  /** What people know the file by; the last part of its path unless said otherwise. */
  name?: string | undefined;
  /** `database`: it was written from one; `file` unless said otherwise. */
  kind?: "file" | "database" | undefined;
  /** A workspace's name; it is made when there is none. */
  workspace: string;
  /** Of a workspace that is made: UTC unless said otherwise. */
  timeZone?: string | undefined;
  /** What the header and the bytes don't tell. */
  wish?: ExamineWish | undefined;
  /** Load what can be loaded, however many rows are rejected. */
  rejectedAccepted?: boolean | undefined;
  /** Where copies in plain text may lie while it is loaded; the system's temporary directory unless given. */
  stageIn?: string | undefined;
  onProgress?: OnProgress | undefined;
  /** Ends the load between two transactions, as a kill would. */
  signal?: AbortSignal | undefined;
  /** Unless given, as many as the engine takes in a short transaction. */
  rowsPerTransaction?: number | undefined;
}

export interface ImportResult {
  workspaceId: number;
  importId: number;
  preset: string;
  read: number;
  counts: ImportCounts;
  /** Rows that an earlier run of the same import, which was stopped, had committed already. */
  resumedAfter: number;
  /** What a person should know of how its columns were read, in whole sentences. */
  warnings: readonly string[];
}

/** Rows in which a column's dates and words show themselves; a question that they leave open costs a look at all. */
const sampleRows = 20_000;

/**
 * Loads a file of cases. The same file twice changes nothing; a row whose content differs from what is stored updates
 * its case; a bad row is kept with its line and reason while the others load. Killed at any point, the next import of
 * the same file goes on behind the last row committed.
 * @throws BadInput when nothing of the file can be loaded, or a question about it is open; then nothing is stored
 * @throws ImportPaused when a person is to decide; what was committed stays
 */
export async function importFile(database: Database, request: FileImport): Promise<ImportResult> {
  const { stageIn = tmpdir() } = request;
  const { examined, source } = await examineToLoad(database, request);
  try {
    const workspace = await findOrCreateWorkspace(database.db, homeOf(request));
    const result = await takeImportTurn(database, workspace.id, async (turn) => {
      const row = await turn(({ db }) => beginImport(db, workspace.id, source));
      const accepted = row.rejected_accepted || request.rejectedAccepted === true;
      return loadFile(
        database,
        turn,
        { ...row, rejected_accepted: accepted },
        {
          file: examined.file,
          layout: examined.layout,
          mapping: examined.proposal.mapping,
          workspace,
          stageIn,
          onProgress: request.onProgress,
          signal: request.signal,
          rowsPerTransaction: request.rowsPerTransaction,
        },
      );
    });
    return { ...result, warnings: examined.proposal.warnings };
  } finally {
    if (examined.file.path !== request.path) await rm(examined.file.path, { force: true });
  }
}

/** The workspace that a file is loaded into, as it is made where there is none. */
export function homeOf({ workspace: name, timeZone = "UTC" }: FileImport): {
  name: string;
  timeZone: string;
} {
  return { name, timeZone };
}

/**
 * A file that may be loaded as it stands, and the import that it would be. Nothing is stored, and no workspace made.
 * The caller removes the examined file where it is not the given one.
 * @throws BadInput, also where a question about it is open
 */
export async function examineToLoad(
  { db }: Pick<Database, "db">,
  request: FileImport,
): Promise<{ examined: ExaminedFile; source: ImportSource }> {
  const { path, name, wish = {}, stageIn = tmpdir() } = request;
  const workspace = await findWorkspace(db, request.workspace);
  const mappingOf = async (columns: readonly string[]) =>
    workspace === undefined ? undefined : findMappingOf(db, workspace.id, columns);
  const examined = await examineFile({ path, name, stageIn, sampleRows, wish: { mappingOf, ...wish } });
  try {
    refuseOpenQuestions(examined);
  } catch (error) {
    if (examined.file.path !== path) await rm(examined.file.path, { force: true });
    throw error;
  }
  return { examined, source: sourceOf(examined, request) };
}

export interface FileToLoad {
  file: Pick<ReadyFile, "path" | "textBytes">;
  layout: Layout;
  mapping: Mapping;
  workspace: Pick<Workspace, "id" | "time_zone">;
  stageIn: string;
  onProgress?: OnProgress | undefined;
  /** Ends the load between two batches. */
  signal?: AbortSignal | undefined;
  rowsPerTransaction?: number | undefined;
}

/**
 * Rows of a transaction that readers need not wait for: embedded, of one that updates cases half as many as of one that
 * only adds some. A server has other connections for them.
 */
const shortTransaction = { embedded: { adding: 2_000, updating: 1_000 }, postgresql: 10_000 } as const;

async function rowsOfTransaction(engine: Database["engine"], turn: ImportTurn, workspaceId: number) {
  if (engine === "postgresql") return shortTransaction.postgresql;
  const updates = await turn(({ db }) => hasCases(db, workspaceId));
  return shortTransaction.embedded[updates ? "updating" : "adding"];
}

/** Loads what an import's row says is not loaded yet. Only for the holder of the workspace's turn. */
export async function loadFile(
  database: Database,
  turn: ImportTurn,
  row: Selectable<Imports>,
  { file, layout, mapping, workspace, stageIn, onProgress, signal, rowsPerTransaction }: FileToLoad,
): Promise<Omit<ImportResult, "warnings">> {
  const opened = await openSource(file, { layout, mapping, timeZone: workspace.time_zone, stageIn });
  try {
    const task = {
      path: opened.path,
      layout: opened.layout,
      mapping,
      workspaceId: workspace.id,
      timeZone: workspace.time_zone,
      importId: row.import_id,
      names: await turn(({ db }) => loadNameEntries(db, workspace.id)),
      skip: row.cursor_row,
      rowsPerBatch: rowsPerTransaction ?? (await rowsOfTransaction(database.engine, turn, workspace.id)),
    };
    const source = {
      batches: batchesOf(task, opened.textBytes),
      shareOf: ({ end }: { end: number }) => Math.min(1, end / opened.textBytes),
      folded: opened.folded,
      bytes: opened.textBytes,
    };
    const counts = await storeSource<SourceBatch>(database, turn, row, { source, onProgress, signal });
    return {
      workspaceId: workspace.id,
      importId: row.import_id,
      preset: row.preset,
      read: rowsRead(counts),
      counts,
      resumedAfter: row.cursor_row,
    };
  } finally {
    if (opened.path !== file.path) await rm(opened.path, { force: true });
  }
}

function sourceOf(
  { file, layout, proposal }: ExaminedFile,
  { kind = "file", wish }: FileImport,
): ImportSource {
  return {
    kind,
    name: file.name,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    preset: proposal.mapping.preset,
    columns: reportColumns(layout.columns) ?? layout.columns,
    mapping: proposal.mapping,
    layout,
    upload: null,
    encoding: wish?.encoding ?? null,
  };
}

/** On a page each of them is a field; here each is a sentence that names an option. */
function refuseOpenQuestions({ file, proposal }: ExaminedFile): void {
  if (proposal.questions.length === 0) return;
  const sentences = proposal.questions.map(({ sentence }) => sentence);
  throw new BadInput(`${file.name} cannot be loaded before this is settled: ${sentences.join(" ")}`);
}
