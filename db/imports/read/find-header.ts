import { parse } from "csv-parse/sync";
import { BadInput } from "../bad-input.ts";
import { unguardFormula } from "../map/formula-guard.ts";
import type { Preset, RowReader } from "../map/presets/preset.ts";
import { rejectionColumns } from "../store/rejected-row.ts";
import type { InspectedFile } from "./inspect-file.ts";
import { type ParsedRecord, recordDelimiters } from "./read-csv.ts";

export interface FoundHeader {
  preset: Preset;
  read: RowReader;
  headers: readonly string[];
  /** The headers without the columns of our own report of rejected rows, where the file is one. */
  columns: readonly string[];
  delimiter: string;
  /** Where the first row begins: byte and line. */
  offset: number;
  line: number;
}

const delimiters = [",", ";", "\t", "|"];
const delimiterNames = "comma, semicolon, tab or |";
/** How far down the header may stand: banners of tools and titles of reports come before it. */
const recordsToTry = 20;
const maxColumns = 500;

/**
 * The header is the first line that a preset recognises, with whichever delimiter. What stands above it is
 * skipped. Throws `BadInput` with what was found instead.
 */
export function findHeader(file: InspectedFile, presets: readonly Preset[]): FoundHeader {
  const candidates = delimiters.map((delimiter) => ({ delimiter, lines: firstLines(file.head, delimiter) }));
  for (const { delimiter, lines } of candidates)
    for (const { headers, offset, line } of lines)
      for (const preset of presets) {
        const columns = ownColumns(headers);
        const read = recognise(preset, headers, columns);
        if (!read) continue;
        refuseAmbiguity(headers, file.name);
        refuseNoRows(file, offset);
        return { preset, read, headers, columns, delimiter, offset, line };
      }
  throw new BadInput(noHeader(file.name, likelyHeader(candidates), presets));
}

function ownColumns(headers: readonly string[]): readonly string[] {
  const own = headers.length - rejectionColumns.length;
  return rejectionColumns.every((column, i) => headers[own + i] === column) ? headers.slice(0, own) : headers;
}

/** The cells of our own report of rejected rows are guarded against formulas; those of other files are as they are. */
function recognise(preset: Preset, headers: readonly string[], columns: readonly string[]): RowReader | null {
  const read = preset.recognise(columns);
  if (read === null || columns.length === headers.length) return read;
  return (cells) => read(cells.slice(0, columns.length).map(unguardFormula));
}

interface HeadLine {
  headers: string[];
  /** Where the record after it begins. */
  offset: number;
  line: number;
}

function firstLines(head: Buffer, delimiter: string): HeadLine[] {
  const records = parse(head, {
    delimiter,
    bom: true,
    info: true,
    to: recordsToTry,
    record_delimiter: recordDelimiters,
    relax_column_count: true,
    skip_records_with_error: true, // a banner may be anything, and the head may end inside a quoted cell
  }) as unknown as ParsedRecord[]; // the types of csv-parse don't follow `info`
  return records.map(({ record, info }) => ({
    headers: record.map((header) => header.trim()),
    offset: info.bytes,
    line: info.lines + 1,
  }));
}

function refuseAmbiguity(headers: readonly string[], name: string): void {
  const twice = headers.find((header, index) => header !== "" && headers.indexOf(header) !== index);
  if (twice !== undefined)
    throw new BadInput(
      `The header of ${name} names the column “${twice}” twice. Rename or remove one of them.`,
    );
  if (headers.length > maxColumns)
    throw new BadInput(
      `The header of ${name} has ${headers.length} columns; expected at most ${maxColumns}.`,
    );
}

function refuseNoRows(file: InspectedFile, offset: number): void {
  const isWhole = file.head.length === file.sizeBytes;
  if (isWhole && file.head.subarray(offset).toString().trim() === "")
    throw new BadInput(`${file.name} has a header and no row below it; expected at least one.`);
}

/** What is most likely meant as the header: the first line of several cells, by the delimiter that makes most of them. */
function likelyHeader(candidates: readonly { lines: readonly HeadLine[] }[]): readonly string[] {
  const firsts = candidates.map(({ lines }) => lines.find(({ headers }) => headers.length > 1) ?? lines[0]);
  const headers = firsts.map((line) => line?.headers ?? []);
  return headers.reduce((most, next) => (next.length > most.length ? next : most), []);
}

function noHeader(name: string, best: readonly string[], presets: readonly Preset[]): string {
  const shown = best.slice(0, 6).map((header) => `“${header.slice(0, 60)}”`);
  const got = `${shown.join(", ")}${best.length > 6 ? ` and ${best.length - 6} more` : ""}`;
  const expected = presets.map(({ title, requiredColumns }) => `${title} (${requiredColumns.join(", ")})`);
  const missing =
    presets.length === 1 ? presets[0]?.requiredColumns.filter((c) => !best.includes(c)) : undefined;
  return (
    `${name} has no header that is known in its first ${recordsToTry} lines. Got: ${got}. ` +
    `Expected the columns of: ${expected.join("; or ")}, separated by ${delimiterNames}.` +
    (missing && missing.length < (presets[0]?.requiredColumns.length ?? 0)
      ? ` Missing: ${missing.join(", ")}.`
      : "")
  );
}
