import type { TableData } from "./table.ts";

/**
 * What a page draws of a table, and no more: it goes to another thread, and once more to the browser where a page has
 * scripts. The rows keep the cells that a drawn cell is made of: the ends of its interval, and the cases that it rests on.
 */
export interface PageTable extends Omit<TableData, "name"> {
  /** How many rows its CSV has; the page may show fewer. */
  rowsInFile: number;
}

export function pageTable(table: TableData): PageTable {
  const { caption, csvHref, note } = table;
  const bounds = new Set(table.columns.flatMap((column) => boundsOf(column.key)));
  const columns = table.columns.filter(({ csvOnly, key }) => csvOnly === undefined && !bounds.has(key));
  const needed = new Set(columns.flatMap(({ key, n, hits }) => [key, ...boundsOf(key), n, hits]));
  return {
    caption,
    csvHref,
    ...(note !== undefined && { note }),
    columns,
    rows: table.rows
      .filter((row) => row.csvOnly === undefined)
      .map((row) => ({
        ...row,
        cells: Object.fromEntries(Object.entries(row.cells).filter(([key]) => needed.has(key))),
      })),
    rowsInFile: table.rows.length,
  };
}

/** The columns that hold the ends of a value's interval: in the CSV on their own, on the page in its cell. */
export function boundsOf(key: string): [low: string, high: string] {
  return [`${key}_low`, `${key}_high`];
}
