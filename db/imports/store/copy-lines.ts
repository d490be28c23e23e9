import {
  type NameField,
  nameFields,
  type TextField,
  type TimeField,
  textFields,
  timeFields,
} from "#analytics/case.ts";
import type { Cases, CaseTexts } from "../../schema.ts";
import { type CaseField, caseFields } from "../map/case-fields.ts";
import type { NameDictionary } from "./name-dictionary.ts";
import type { PreparedCase } from "./prepare-case.ts";

/**
 * Cases as lines of COPY's text format (PostgreSQL manual, COPY, "Text Format"): a tab between columns, a line feed
 * behind each line, `\N` for null; a backslash, tab, line feed or carriage return of a value is escaped.
 */

/** The keys of a line that its record does not know. */
export interface LineKeys {
  workspaceId: number;
  importId: number;
}

type Writer = (prepared: PreparedCase, keys: LineKeys, names: NameDictionary) => string;

const absent = "\\N";

const elsewhere: ReadonlySet<string> = new Set([...nameFields, ...textFields, ...timeFields]);

/** Each column of `cases` and what stands in it: the one place that names them for COPY. */
const caseWriters: ReadonlyMap<keyof Cases, Writer> = new Map<keyof Cases, Writer>([
  ["workspace_id", (_, { workspaceId }) => String(workspaceId)],
  ["case_id", ({ row }) => row.case_id],
  ...caseFields.filter(isOwnColumn).map((field) => [field, writerOf(field)] as const),
  ...timeFields.map((field) => [field, ({ row }: PreparedCase) => row[field] ?? absent] as const),
  ...nameFields.map((field) => [`${field}_id`, nameWriter(field)] as const),
  ["date_only_fields", ({ row }) => String(row.date_only_fields)],
  ["incidence_day", ({ row }) => row.incidence_day],
  ["outcome_day", ({ row }) => row.outcome_day ?? absent],
  ["content_hash", ({ row }) => row.content_hash],
  ["import_id", (_, { importId }) => String(importId)],
]);

export const caseColumns = [...caseWriters.keys()];
export const textColumns = [
  "workspace_id",
  "case_id",
  ...textFields,
  "attributes",
] as const satisfies (keyof CaseTexts)[];

const writers = [...caseWriters.values()];

/** The case's line of `cases`, in the order of `caseColumns`. */
export function caseLine(prepared: PreparedCase, keys: LineKeys, names: NameDictionary): string {
  return `${writers.map((write) => write(prepared, keys, names)).join("\t")}\n`;
}

/** The case's line of `case_texts`, in the order of `textColumns`. */
export function textLine(
  { record, row }: PreparedCase,
  { workspaceId }: Pick<LineKeys, "workspaceId">,
): string {
  const { title, narrative, resolution_note: note, attributes } = record;
  const texts = `${textCell(title)}\t${textCell(narrative)}\t${textCell(note)}`;
  return `${workspaceId}\t${row.case_id}\t${texts}\t${escaped(JSON.stringify(attributes))}\n`;
}

type OwnColumn = Exclude<CaseField, NameField | TextField | TimeField>;

/** Fields that stand in the row of a case as they are: no names, texts or times. */
function isOwnColumn(field: CaseField): field is OwnColumn {
  return !elsewhere.has(field);
}

function writerOf(field: OwnColumn): Writer {
  return ({ record }) => {
    const value = record[field];
    if (value === null) return absent;
    if (typeof value === "string") return escaped(value);
    if (typeof value === "boolean") return value ? "t" : "f";
    return typeof value === "number" ? String(value) : `{${value.join(",")}}`; // words of a list: nothing to quote
  };
}

function nameWriter(field: NameField): Writer {
  return ({ record }, _, names) => String(names.idOf(field, record[field]) ?? absent);
}

function textCell(text: string | null): string {
  return text === null ? absent : escaped(text);
}

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escaped(text: string): string {
  // Most texts have nothing to escape, and to look costs less than to replace.
  return special.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
    : text;
}
