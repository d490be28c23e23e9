import { parse } from "csv-parse/sync";
import { BadInput } from "../bad-input.ts";
import { recordDelimiters } from "./csv-window.ts";
import type { CsvLayout } from "./layout.ts";
import { maxColumns, maxHeaderLine } from "./limits.ts";
import { lineBreak, lineBreaksIn } from "./line-breaks.ts";
import type { ReadyFile } from "./ready-file.ts";
import { refuseColumns } from "./refuse-columns.ts";

export interface HeaderWish {
  /** How well known these columns are, 0 to 1. */
  score(columns: readonly string[]): number;
  /** Where a person knows better. */
  delimiter?: string;
  headerLine?: number;
}

const delimiters = [",", ";", "\t", "|"];

/** As csv-parse gives it with `info`: bytes read up to its end. */
interface RecordWithInfo {
  record: string[];
  info: { bytes: number };
}

/** A line that may be the header, as one delimiter cuts it. */
interface HeadLine {
  delimiter: string;
  cells: string[];
  line: number;
  /** Where the record after it begins, in the head. */
  end: number;
  /** The lines below it. */
  below: Width[];
}

interface Width {
  /** Cells, and cells up to the last that holds something. */
  full: number;
  filled: number;
}

/** Finds the header of a CSV file, and its delimiter. @throws BadInput */
export function findCsvHeader(
  file: ReadyFile,
  wish: HeaderWish,
): { layout: CsvLayout; skippedLines: string[] } {
  const { delimiter, headerLine } = wish;
  const candidates = (delimiter === undefined ? delimiters : [delimiter])
    .flatMap((one) => headLines(file.head, one, Math.max(maxHeaderLine, headerLine ?? 0)))
    .filter(({ line }) => headerLine === undefined || line === headerLine);
  const found = bestKnown(candidates, wish) ?? mostLikely(candidates) ?? asTold(candidates, wish);
  refuseColumns(plainNames((found ?? candidates.find(isTooWide))?.cells ?? []), file.name);
  if (found === undefined) throw noHeader(file, headerLine);
  const columns = columnNames(found.cells);
  const isWhole = file.head.length === file.textBytes - file.markBytes;
  // A line of tabs is a row of empty cells.
  if (isWhole && !/[^\r\n ]/.test(file.head.subarray(found.end).toString())) throw noRows(file.name);
  const untilRows = file.head.subarray(0, found.end).toString();
  const layout: CsvLayout = {
    format: "csv",
    delimiter: found.delimiter,
    columns,
    offset: file.markBytes + found.end,
    line: 1 + lineBreaksIn(untilRows),
  };
  return { layout, skippedLines: untilRows.split(lineBreak).slice(0, found.line - 1) };
}

function headLines(head: Buffer, delimiter: string, most: number): HeadLine[] {
  const records = parse(head, {
    delimiter,
    info: true,
    to: most + maxHeaderLine,
    record_delimiter: recordDelimiters,
    relax_column_count: true,
    relax_quotes: true, // a banner may be anything
    skip_records_with_error: true, // and the head may end inside a quoted cell
  }) as unknown as RecordWithInfo[]; // the types of csv-parse don't follow `info`
  const widths = records.map(({ record }) => widthOf(record));
  const lines: HeadLine[] = [];
  let [begin, line] = [0, 1];
  for (const [index, { record, info }] of records.entries()) {
    const below = widths.slice(index + 1, index + 1 + maxHeaderLine).filter(({ filled }) => filled > 0);
    if (index < most && !isBlank(record))
      lines.push({ delimiter, cells: record, line, end: info.bytes, below });
    line += lineBreaksIn(head.toString("latin1", begin, info.bytes));
    begin = info.bytes;
  }
  return lines;
}

function widthOf(record: readonly string[]): Width {
  return { full: record.length, filled: 1 + record.findLastIndex((cell) => cell.trim() !== "") };
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === "");
}

function isTooWide({ cells }: HeadLine): boolean {
  return cells.length > maxColumns;
}

function bestKnown(lines: readonly HeadLine[], { score }: HeaderWish): HeadLine | undefined {
  let found: HeadLine | undefined;
  let highest = 0;
  for (const line of lines) {
    if (isTooWide(line)) continue;
    const value = score(columnNames(line.cells));
    if (value > highest) [found, highest] = [line, value];
  }
  return found;
}

/**
 * Where nothing is known by name: names, not numbers, each once, above lines of the same width, the wider the better;
 * else above lines of several cells at least. One column is a table where nothing else is.
 */
function mostLikely(lines: readonly HeadLine[]): HeadLine | undefined {
  const named = lines.filter(hasNames);
  const several = named.filter(({ cells }) => cells.length > 1);
  return (
    widest(
      several.filter((line) =>
        isAbove(line, ({ full, filled }) => full >= line.cells.length && filled <= line.cells.length),
      ),
    ) ??
    widest(several.filter((line) => isAbove(line, ({ filled }) => filled > 1))) ??
    named.find((line) => isAbove(line, ({ filled }) => filled === 1))
  );
}

function hasNames({ cells }: HeadLine): boolean {
  const names = plainNames(cells);
  const isNamed = names.filter((name) => name !== "" && !/^[\d.,:/\s%-]+$/.test(name)).length;
  return isNamed >= 0.6 * names.length && new Set(names).size >= 0.6 * names.length;
}

/** Most of the lines below are so. */
function isAbove({ below }: HeadLine, isSo: (width: Width) => boolean): boolean {
  return below.length > 0 && below.filter(isSo).length >= 0.5 * below.length;
}

function widest(lines: readonly HeadLine[]): HeadLine | undefined {
  return lines.reduce<HeadLine | undefined>(
    (most, line) => (most === undefined || line.cells.length > most.cells.length ? line : most),
    undefined,
  );
}

/** What a person says is the header, whatever it looks like. */
function asTold(lines: readonly HeadLine[], { headerLine, delimiter }: HeaderWish): HeadLine | undefined {
  if (headerLine === undefined && delimiter === undefined) return undefined;
  return headerLine === undefined ? widest(lines.filter(({ cells }) => cells.length > 1)) : widest(lines);
}

/** The names of a header's columns: trimmed, none empty, each its own. */
export function columnNames(cells: readonly string[]): string[] {
  const given = plainNames(cells);
  const taken = new Set(given);
  const used = new Set<string>();
  return given.map((plain, index) => {
    const isFree = plain !== "" && !used.has(plain);
    const name = isFree
      ? plain
      : freeName(plain || `column ${index + 1}`, (one) => used.has(one) || taken.has(one));
    used.add(name);
    return name;
  });
}

function freeName(plain: string, isTaken: (name: string) => boolean): string {
  let [name, count] = [plain, 1];
  while (isTaken(name)) name = `${plain} ${++count}`;
  return name;
}

function plainNames(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.trim());
}

function noHeader({ head, name, textBytes, markBytes }: ReadyFile, headerLine: number | undefined): BadInput {
  const lines = head.toString().split(lineBreak);
  const [first = "", ...others] = lines.filter((line) => line.trim() !== "");
  if (others.length === 0 && head.length === textBytes - markBytes) return noRows(name);
  const where = headerLine === undefined ? `in its first ${maxHeaderLine} lines` : `in line ${headerLine}`;
  return new BadInput(
    `${name} has no header ${where}: no line of column names, separated by comma, semicolon, tab or |, above rows of ` +
      `as many cells. Its first line is “${first.trim().slice(0, 80)}”.`,
  );
}

function noRows(name: string): BadInput {
  return new BadInput(`${name} has a header and no row below it; expected at least one.`);
}
