import type { TableData, TableRow } from "./table.ts";

/**
 * The first rows of a table sorted by size, then one row for the rest and the rows that were apart already. The
 * rest has no link: no filter names exactly those cases.
 */
export function largestRows(table: TableData, most: number, labelKey: string): TableRow[] {
  const ranked = table.rows.filter((row) => row.tone === undefined);
  const apart = table.rows.filter((row) => row.tone !== undefined);
  const rest = ranked.slice(most);
  if (rest.length <= 1) return table.rows;
  const sum = (key: string) => rest.reduce((total, row) => total + Number(row.cells[key] ?? 0), 0);
  const other: TableRow = {
    tone: "other",
    cells: {
      [labelKey]: `${rest.length} more causes`,
      cases: sum("cases"),
      share: sum("share"),
      cumulative_share: null,
      stability: null,
    },
  };
  return [...ranked.slice(0, most), other, ...apart];
}

/** Rows of a long table that a page shows; what comes behind them stands in the CSV. */
const mostShown = 30;

/** A table sorted by size, of which a page shows the largest rows and those that stand apart; the note says so. */
export function withLargestShown(table: TableData): TableData {
  const ranked = table.rows.filter((row) => row.tone === undefined);
  const hidden = new Set(ranked.slice(mostShown));
  if (hidden.size <= 1) return table;
  return {
    ...table,
    rows: table.rows.map((row) => (hidden.has(row) ? { ...row, csvOnly: true } : row)),
    note: `${table.note ?? ""} The ${hidden.size} smallest rows stand in the CSV only.`.trim(),
  };
}
