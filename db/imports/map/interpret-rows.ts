import type { CaseRecord } from "#analytics/case.ts";
import type { FoundHeader } from "../read/find-header.ts";
import type { CsvRow } from "../read/read-csv.ts";
import type { Rejection } from "./presets/preset.ts";
import { validateCase } from "./validate-case.ts";

/** A row of a source, read: a record that may be stored, or why there is none. */
export interface InterpretedRow {
  line: number;
  cells: readonly string[];
  result: { record: CaseRecord } | { rejection: Rejection };
}

export function interpretRow(header: FoundHeader, row: CsvRow): InterpretedRow {
  const isWhole = row.cells.length === header.headers.length;
  const cells = isWhole ? row.cells.slice(0, header.columns.length) : row.cells;
  return { line: row.line, cells, result: readResult(header, row) };
}

/** A record that came without a file. Halves of surrogate pairs, which no database can store, become U+FFFD. */
export function interpretRecord(given: CaseRecord, index: number): InterpretedRow {
  const text = JSON.stringify(given, (_, value: unknown) =>
    typeof value === "string" ? value.toWellFormed() : value,
  );
  const record = JSON.parse(text) as CaseRecord; // a record is plain JSON
  const rejection = validateCase(record);
  return { line: index + 1, cells: [text], result: rejection ? { rejection } : { record } };
}

function readResult({ headers, read, preset }: FoundHeader, row: CsvRow): InterpretedRow["result"] {
  const { cells, problem } = row;
  if (problem !== undefined)
    return { rejection: { column: null, value: null, code: "csv_syntax", reason: problem } };
  if (cells.length !== headers.length) return { rejection: wrongWidth(cells.length, headers.length) };
  const reading = read(cells);
  if ("rejection" in reading) return reading;
  const rejection = validateCase(reading.record);
  if (rejection === null) return reading;
  const { column } = rejection;
  return { rejection: { ...rejection, column: column === null ? null : preset.columnOf(column) } };
}

function wrongWidth(got: number, expected: number): Rejection {
  const kind = got > expected ? "more" : "fewer";
  const reason = `The row has ${got} cells, ${kind} than the ${expected} columns of the header; a delimiter or a quote is amiss.`;
  return { column: null, value: null, code: "row_width", reason };
}
