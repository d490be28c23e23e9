import { unguardFormula } from "../map/formula-guard.ts";
import { rejectionColumns } from "../store/rejected-row.ts";
import type { SourceRow } from "./layout.ts";

/** The source's own columns, where a header is that of our report of rejected rows; `null` where it isn't one. */
export function reportColumns(columns: readonly string[]): readonly string[] | null {
  const own = columns.length - rejectionColumns.length;
  return own > 0 && rejectionColumns.every((column, i) => columns[own + i] === column)
    ? columns.slice(0, own)
    : null;
}

/** A mended row of a report as it stood in its source: its own cells, without the guards against formulas. */
export function plainRow(row: SourceRow, columns: readonly string[]): SourceRow {
  const own = reportColumns(columns);
  if (own === null || row.problem !== undefined || row.cells.length !== columns.length) return row;
  return { ...row, cells: row.cells.slice(0, own.length).map(unguardFormula) };
}
