import { compileMapping } from "./map/compile-mapping.ts";
import { interpretRow } from "./map/interpret-rows.ts";
import type { Mapping } from "./map/mapping.ts";
import type { Layout, SourceRow } from "./read/layout.ts";
import { readRows } from "./read/read-rows.ts";
import { plainRow, reportColumns } from "./read/rejection-report.ts";
import { LocalDays } from "./store/local-days.ts";
import { NameDictionary, type NameEntry } from "./store/name-dictionary.ts";
import { type PreparedBatch, prepareBatch } from "./store/prepare-batch.ts";

/** All that turns a file into batches, as plain data: it may go to another thread. */
export interface PrepareTask {
  /** Plain text, whatever the file was. */
  path: string;
  layout: Layout;
  mapping: Mapping;
  workspaceId: number;
  timeZone: string;
  importId: number;
  /** Names that have an id already. */
  names: readonly NameEntry[];
  /** Rows of the source that are committed: they are passed over. */
  skip: number;
  rowsPerBatch: number;
}

export interface SourceBatch extends PreparedBatch {
  /** Byte of the text up to which it is read. */
  end: number;
}

/** The batches of a file, in its order. Memory does not grow with the file. @throws BadInput */
export async function* preparedBatches(task: PrepareTask): AsyncGenerator<SourceBatch, void> {
  const names = new NameDictionary(task.workspaceId, task.names);
  const columns = reportColumns(task.layout.columns) ?? task.layout.columns;
  const mapping = compileMapping(task.mapping, columns, task.timeZone);
  const home = {
    workspaceId: task.workspaceId,
    importId: task.importId,
    days: new LocalDays(task.timeZone),
  };
  for await (const rows of rowsInBatches(task)) {
    const read = rows.map((row) => interpretRow(mapping, plainRow(row, task.layout.columns)));
    yield { ...prepareBatch(read, home, names), end: rows.at(-1)?.end ?? 0 };
  }
}

/** Long texts end a batch before its rows are full: it must fit into memory, and into a short transaction. */
const bytesPerBatch = 4 * 2 ** 20;

async function* rowsInBatches({
  path,
  layout,
  skip,
  rowsPerBatch,
}: PrepareTask): AsyncGenerator<SourceRow[], void> {
  let batch: SourceRow[] = [];
  let bytes = 0;
  let toSkip = skip;
  for await (const block of readRows(path, layout)) {
    const fresh = toSkip >= block.length ? [] : toSkip > 0 ? block.slice(toSkip) : block;
    toSkip = Math.max(0, toSkip - block.length);
    for (const row of fresh) {
      batch.push(row);
      for (const cell of row.cells) bytes += cell.length;
      if (batch.length < rowsPerBatch && bytes < bytesPerBatch) continue;
      yield batch;
      [batch, bytes] = [[], 0];
    }
  }
  if (batch.length > 0) yield batch;
}
