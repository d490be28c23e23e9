import { type Import, listRejectedRows, type StoredRejection } from "#db/imports/store/queries.ts";
import { rejectionColumns } from "#db/imports/store/rejected-row.ts";
import type { Database } from "#db/schema.ts";
import { byteOrderMark, csvLines } from "./csv-lines.ts";

const rowsPerChunk = 500;

/**
 * The file's own columns, then where and why a row was rejected; cells beyond the header stand as JSON in the last
 * column, so that nothing is lost. Mended, the file loads again. Read in pages, so that no connection is held while
 * the reader is slow.
 */
export async function* rejectedCsv(db: Database, load: Import): AsyncGenerator<string> {
  yield byteOrderMark + csvLines([[...load.columns, ...rejectionColumns]]);
  let afterRow = 0;
  for (;;) {
    const rows = await listRejectedRows(db, load, { afterRow, limit: rowsPerChunk });
    if (rows.length === 0) return;
    afterRow = rows.at(-1)?.row_number ?? afterRow;
    yield csvLines(rows.map((row) => rejectedLine(row, load.columns)));
  }
}

function rejectedLine(row: StoredRejection, columns: readonly string[]) {
  const beyond = row.cells.slice(columns.length);
  return [
    ...columns.map((_, i) => row.cells[i] ?? null),
    row.line,
    row.code,
    row.column_name,
    row.reason,
    beyond.length === 0 ? null : JSON.stringify(beyond),
  ];
}
