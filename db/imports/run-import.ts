import type { Selectable } from "kysely";
import { spaceProblem } from "../disk-space.ts";
import type { OpenDatabase } from "../open-database.ts";
import { readAhead } from "../read-ahead.ts";
import type { Imports, PauseReason } from "../schema-imports.ts";
import { addCounts, countsOf, type ImportCounts, noCounts, rejectsTooMany } from "./store/import-counts.ts";
import { endImport } from "./store/import-record.ts";
import type { ImportTurn } from "./store/import-turn.ts";
import type { PreparedBatch } from "./store/prepare-batch.ts";
import { type RunningImport, storeBatch } from "./store/store-batch.ts";

export interface ImportProgress {
  counts: ImportCounts;
  /** Share of the source that is committed, 0 to 1. */
  share: number;
}

export type OnProgress = (progress: ImportProgress) => void;

/** The load waits for a person; what was committed stays, and it can go on. The message says why, and how. */
export class ImportPaused extends Error {
  override readonly name = "ImportPaused";
  readonly pausedFor: PauseReason;

  constructor(message: string, pausedFor: PauseReason) {
    super(message);
    this.pausedFor = pausedFor;
  }
}

/** The batches of a source behind the rows that are committed, and how much of it lies before each one's end. */
export interface BatchSource<B extends PreparedBatch = PreparedBatch> {
  batches: AsyncGenerator<B, void>;
  shareOf(batch: B): number;
  /** Rows that were folded into others before. */
  folded: number;
  /** Bytes of the whole source: what the database may have to take. */
  bytes: number;
}

interface StoreOptions<B extends PreparedBatch> {
  source: BatchSource<B>;
  onProgress?: OnProgress | undefined;
  /** Ends the load between two batches; its import stays marked as running, for the next start to go on with. */
  signal?: AbortSignal | undefined;
}

/** How often the disk is looked at. */
const batchesBetweenLooks = 8;

/**
 * Stores a source batch by batch, each in a transaction that moves the import's cursor too: killed at any point, it
 * goes on behind the last row committed. Gives the counts of the whole import.
 * @throws ImportPaused, and whatever stops it: then the import's row says why
 */
export async function storeSource<B extends PreparedBatch>(
  database: Pick<OpenDatabase, "directory">,
  turn: ImportTurn,
  row: Selectable<Imports>,
  { source, onProgress, signal }: StoreOptions<B>,
): Promise<ImportCounts> {
  try {
    let running: RunningImport = {
      workspaceId: row.workspace_id,
      importId: row.import_id,
      cursorRow: row.cursor_row,
      counts: { ...countsOf(row), folded: source.folded },
      expectsNew: true,
    };
    let [done, count] = [0, 0];
    for await (const batch of readAhead(source.batches)) {
      if (count++ % batchesBetweenLooks === 0)
        pauseWhere("disk_space", await spaceProblem(database.directory, source.bytes * (1 - done)));
      if (!row.rejected_accepted) pauseWhere("rejected_rows", doubt(running, batch));
      running = await turn(({ client, db }) => storeBatch(client, db, { running, batch }));
      done = source.shareOf(batch);
      onProgress?.({ counts: running.counts, share: done });
      signal?.throwIfAborted();
    }
    await turn(({ db }) => endImport(db, row, { state: "finished" }));
    return running.counts;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const end =
      error instanceof ImportPaused
        ? ({ state: "paused", why, pausedFor: error.pausedFor } as const)
        : ({ state: "failed", why: `It stopped: ${why}` } as const);
    await turn(({ db }) => endImport(db, row, end)).catch(() => undefined);
    throw error;
  }
}

function pauseWhere(reason: PauseReason, problem: string | null): void {
  if (problem !== null) throw new ImportPaused(problem, reason);
}

function doubt(running: RunningImport, batch: PreparedBatch): string | null {
  const { rejected } = batch;
  const soFar = addCounts(running.counts, {
    ...noCounts,
    new: batch.ids.length, // whether a row is new does not matter here
    rejected: rejected.length,
  });
  if (!rejectsTooMany(soFar)) return null;
  const [first] = rejected;
  const example = first === undefined ? "" : ` The first of them, in line ${first.line}: ${first.reason}`;
  return (
    `${soFar.rejected} of the first ${running.cursorRow + batch.rows} rows would be rejected, more than a fifth.${example} ` +
    "If they are to be left out, let the load go on; else correct the mapping or the file."
  );
}
