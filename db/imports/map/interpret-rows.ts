import type { CaseRecord } from "#analytics/case.ts";
import type { SourceRow } from "../read/layout.ts";
import type { CompiledMapping } from "./compile-mapping.ts";
import type { Rejection } from "./presets/preset.ts";
import { validateCase } from "./validate-case.ts";

/** A row of a source, read: a record that may be stored, or why there is none. */
export interface InterpretedRow {
  line: number;
  cells: readonly string[];
  result: { record: CaseRecord } | { rejection: Rejection };
}

export function interpretRow(mapping: CompiledMapping, row: SourceRow): InterpretedRow {
  return { line: row.line, cells: row.cells, result: readResult(mapping, row) };
}

/** A record that came without a file. */
export function interpretRecord(record: CaseRecord, index: number): InterpretedRow {
  const rejection = validateCase(record);
  const result = rejection ? { rejection } : { record };
  return { line: index + 1, cells: [JSON.stringify(record)], result };
}

function readResult(mapping: CompiledMapping, { cells, problem }: SourceRow): InterpretedRow["result"] {
  if (problem !== undefined) return { rejection: { column: null, value: null, ...problem } };
  const width = mapping.columns.length;
  if (cells.length !== width) return { rejection: wrongWidth(cells.length, width) };
  const reading = mapping.read(cells);
  if ("rejection" in reading) return reading;
  const rejection = validateCase(reading.record);
  if (rejection === null) return reading;
  const { column } = rejection;
  return { rejection: { ...rejection, column: column === null ? null : mapping.columnOf(column) } };
}

function wrongWidth(got: number, expected: number): Rejection {
  const kind = got > expected ? "more" : "fewer";
  const reason = `The row has ${got} cells, ${kind} than the ${expected} columns of the header; a delimiter or a quote is amiss.`;
  return { column: null, value: null, code: "row_width", reason };
}
