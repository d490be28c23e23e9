/** How a text file holds a table: plain JSON, stored with the import. */
export type Layout = CsvLayout | JsonLayout | FoldedLayout;

export interface CsvLayout {
  format: "csv";
  delimiter: string;
  /** The header's cells, trimmed, each with a name of its own: an empty one is “column 3”, a second “Labels” “Labels 2”. */
  columns: readonly string[];
  /** Where the first row begins: byte and line. */
  offset: number;
  line: number;
}

/** Objects: one a line (`ndjson`), or in an array, which may itself be a member of the outermost object (`json`). */
export interface JsonLayout {
  format: "ndjson" | "json";
  /** Paths of the members, `statistics.count_reopens`, in the order of their first appearance. */
  columns: readonly string[];
}

/** What `foldEvents` writes: one row a case, with `foldedColumns` behind the columns of the events. */
export interface FoldedLayout {
  format: "folded";
  columns: readonly string[];
}

/** One row of a source. */
export interface SourceRow {
  /** Line of the file that it begins in, from 1. */
  line: number;
  /** Byte behind it: how far the file is read. */
  end: number;
  /** In the order of the columns; a row of another width than the header's has as many as it has. */
  cells: readonly string[];
  /** Set where it could not be read: then its only cell is the line as it stands in the file. */
  problem?: { code: "csv_syntax" | "json_syntax" | "too_long"; reason: string };
}
