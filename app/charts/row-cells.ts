import type { TableRow } from "#app/tables/table.ts";

/** The number in a cell; `null` when it is missing: not measured, which is not zero. */
export function numberIn(row: TableRow, key: string): number | null {
  const value = row.cells[key];
  return typeof value === "number" ? value : null;
}

/** The text in a cell; `null` when it is missing. */
export function textIn(row: TableRow, key: string): string | null {
  const value = row.cells[key];
  return value === null || value === undefined ? null : String(value);
}
