/**
 * The one shape of a table: the page draws it, the CSV writes it, the tests compare the two. A chart is drawn
 * from the rows of its table, so that it cannot show another number.
 */
export type CellKind =
  | "text"
  /** A text of a few words, which needs no room to read in. */
  | "word"
  /** One of the three categories; missing is "unclassified". */
  | "category"
  | "count"
  | "share"
  | "days"
  | "hours"
  | "score"
  /** So many per 1,000, or so many times as often. */
  | "rate"
  | "money"
  | "date"
  | "instant"
  | "interval";

export type CellValue = string | number | null;

export interface Column {
  /** Name of the column in the CSV: a public contract. */
  key: string;
  label: string;
  kind: CellKind;
  /** Key of the column that says how many cases the value rests on. */
  n?: string;
  /** Key of the column with the cases that a share counts: printed in its place where they are too few for one. */
  hits?: string;
  /** The share is printed with its cases: "612 of 1,124". */
  withCases?: true;
  /** Stands in the file only: an id, or what the page prints as a part of another column. */
  csvOnly?: true;
}

export interface TableRow {
  cells: Record<string, CellValue>;
  /** Opens the cases behind the row. */
  href?: string;
  tone?: "other" | "total";
  /** Stands in the file only; the table's note says what such rows are. */
  csvOnly?: true;
}

export interface TableData {
  /** Name in URLs and file names: `causes`, `outcomes-by-remedy`. */
  name: string;
  caption: string;
  columns: Column[];
  rows: TableRow[];
  csvHref: string;
  note?: string;
}
