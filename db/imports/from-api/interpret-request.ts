import { BadInput } from "../bad-input.ts";
import { caseFields } from "../map/case-fields.ts";
import { type CompiledMapping, compileMapping } from "../map/compile-mapping.ts";
import { guardFormula } from "../map/formula-guard.ts";
import { type InterpretedRow, interpretRow } from "../map/interpret-rows.ts";
import type { Mapping } from "../map/mapping.ts";
import { attributePrefix } from "../map/presets/fixtwice.ts";
import { ownMapping } from "../own-mapping.ts";
import { type FlatObject, flattenJson, NoRow } from "../read/flatten-json.ts";
import type { SourceRow } from "../read/layout.ts";
import { maxColumns, maxRowBytes } from "../read/limits.ts";
import type { CaseText } from "./split-elements.ts";

/** The cases of a request, read as the rows of a file are: its rejected ones download as a table and load again. */
export interface InterpretedRequest {
  columns: string[];
  mapping: Mapping;
  rows: RequestRow[];
}

export interface RequestRow extends InterpretedRow {
  /** As far as the case tells it, also where it is rejected. */
  sourceCaseId: string | null;
}

interface Table {
  columns: string[];
  rows: SourceRow[];
}

/** Cases in the words of our record, their own data in `attributes`. @throws BadInput for too many members in all */
export function interpretOwnCases(elements: readonly CaseText[], timeZone: string): InterpretedRequest {
  const { columns, rows } = tableOf(elements, { first: requiredMembers, rename: ownColumn });
  const mapping = ownMapping(columns.filter((column) => isOwn(column)));
  const compiled = compileMapping(mapping, columns, timeZone);
  const strangers = columns.flatMap((column, index) => (isOwn(column) ? [] : [{ column, index }]));
  const interpreted = rows.map((row) => {
    const guarded = row.problem ? row : { ...row, cells: row.cells.map(guardFormula) };
    return withId(refuseStranger(guarded, strangers) ?? interpretRow(compiled, guarded), row, compiled);
  });
  return { columns, mapping, rows: interpreted };
}

/** Cases in the members of their source. @throws BadInput for a mapping of event logs, and for too many members */
export function interpretMappedCases(
  elements: readonly CaseText[],
  mapping: Mapping,
  timeZone: string,
): InterpretedRequest {
  if (mapping.events !== null)
    throw new BadInput(
      "The mapping folds several rows into one case, and a request brings each case as one object; expected a mapping without that.",
    );
  const mapped = mapping.rules.flatMap((rule) => ("column" in rule ? [rule.column] : []));
  const { columns, rows } = tableOf(elements, { first: mapped, rename: (member) => member });
  const compiled = compileMapping(mapping, columns, timeZone);
  return { columns, mapping, rows: rows.map((row) => withId(interpretRow(compiled, row), row, compiled)) };
}

/** Without them a header would be taken for one that has no such column, instead of a case that lacks it. */
const requiredMembers = ["source_system", "source_case_id", "status"];

const attributesMember = "attributes.";

/** As our own export names its columns. */
function ownColumn(member: string): string {
  return member.startsWith(attributesMember)
    ? attributePrefix + member.slice(attributesMember.length)
    : member;
}

function isOwn(column: string): boolean {
  return column.startsWith(attributePrefix) || caseFields.some((field) => field === column);
}

/** A row that tells what no case has: to pass over it would lose it. */
function refuseStranger(
  row: SourceRow,
  strangers: readonly { column: string; index: number }[],
): InterpretedRow | null {
  if (row.problem !== undefined) return null;
  const stranger = strangers.find(({ index }) => row.cells[index] !== "");
  if (stranger === undefined) return null;
  const { column, index } = stranger;
  const reason =
    column === "attributes"
      ? "“attributes” is no object; expected the case's own data as its members."
      : `“${column}” is not a field of a case; own data go into “attributes”.`;
  const rejection = { column, value: row.cells[index] ?? null, code: "not_allowed" as const, reason };
  return { line: row.line, cells: row.cells, result: { rejection } };
}

function withId(row: InterpretedRow, { cells, problem }: SourceRow, mapping: CompiledMapping): RequestRow {
  if ("record" in row.result) return { ...row, sourceCaseId: row.result.record.source_case_id };
  const index = mapping.columns.indexOf(mapping.columnOf("source_case_id"));
  return { ...row, sourceCaseId: (problem === undefined && cells[index]) || null };
}

/** The elements as rows under the columns that any of them has. */
function tableOf(
  elements: readonly CaseText[],
  { first, rename }: { first: readonly string[]; rename: (member: string) => string },
): Table {
  const columns = new Set(first);
  const read = elements.map((element) => ({ element, flat: flattened(element) }));
  for (const { flat } of read)
    if (!(flat instanceof NoRow)) for (const member of flat.keys()) columns.add(rename(member));
  if (columns.size > maxColumns)
    throw new BadInput(
      `The cases have ${columns.size} different members in all; expected at most ${maxColumns}. Send them in several requests.`,
    );
  const rows = read.map(({ element, flat }) => rowOf(element, flat, { columns, rename }));
  return { columns: [...columns], rows };
}

function flattened({ text }: CaseText): FlatObject | NoRow {
  if (Buffer.byteLength(text) > maxRowBytes)
    return new NoRow("The case is longer than 1 MB; expected at most that.");
  try {
    return flattenJson(text);
  } catch (error) {
    if (error instanceof NoRow) return error;
    throw error;
  }
}

const shownCharacters = 64 * 1024;

function rowOf(
  { text, line }: CaseText,
  flat: FlatObject | NoRow,
  { columns, rename }: { columns: ReadonlySet<string>; rename: (member: string) => string },
): SourceRow {
  if (flat instanceof NoRow) {
    const problem = { code: "json_syntax" as const, reason: flat.message };
    return { line, end: 0, cells: [text.slice(0, shownCharacters)], problem };
  }
  const cells = new Map([...flat].map(([member, value]) => [rename(member), value]));
  return { line, end: 0, cells: [...columns].map((column) => cells.get(column) ?? "") };
}
