import type { TableData } from "./table.ts";

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
