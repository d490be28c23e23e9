import { BadInput } from "../bad-input.ts";
import { readCsvRows } from "./csv-rows.ts";
import { readFoldedRows } from "./folded-rows.ts";
import { readJsonRows } from "./json-rows.ts";
import type { Layout, SourceRow } from "./layout.ts";
import { maxRows } from "./limits.ts";

/**
 * The rows of a source, in blocks of up to some thousands; memory does not grow with the file.
 * @throws BadInput for more rows than a source may have
 */
export async function* readRows(path: string, layout: Layout, most = maxRows): AsyncGenerator<SourceRow[]> {
  let rows = 0;
  for await (const block of blocksOf(path, layout)) {
    rows += block.length;
    if (rows > most)
      throw new BadInput(
        `The file has more than ${most.toLocaleString("en-GB")} rows; expected at most that. Split it, then load the parts.`,
      );
    yield layout.format === "csv" ? block.map((row) => fitted(row, layout.columns.length)) : block;
  }
}

function blocksOf(path: string, layout: Layout): AsyncGenerator<SourceRow[]> {
  switch (layout.format) {
    case "csv":
      return readCsvRows(path, layout);
    case "folded":
      return readFoldedRows(path);
    default:
      return readJsonRows(path, layout);
  }
}

/** Spreadsheets leave delimiters behind the last column: empty cells beyond the header say nothing. */
function fitted(row: SourceRow, width: number): SourceRow {
  if (row.cells.length <= width || row.problem !== undefined) return row;
  let length = row.cells.length;
  while (length > width && row.cells[length - 1]?.trim() === "") length--;
  return { ...row, cells: row.cells.slice(0, length) };
}
