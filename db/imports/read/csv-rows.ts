import { type FileHandle, open } from "node:fs/promises";
import { type ParsedRecord, parseWindow, whatIsBroken } from "./csv-window.ts";
import type { CsvLayout, SourceRow } from "./layout.ts";
import { maxRowBytes } from "./limits.ts";
import { lineBreaksIn, lineEnd } from "./line-breaks.ts";

/** How much is parsed at once: so much as makes a block; less would waste time, more memory. */
const [smallestWindow, largestWindow] = [16 * 1024, 256 * 1024];
const rowsPerBlock = 2_000;
const chunkBytes = 256 * 1024;
/** Of a line that could not be read. */
const shownBytes = 64 * 1024;

/** Bytes of a file from `offset` on, of which the first `window` are parsed next. */
interface Reading {
  file: FileHandle;
  delimiter: string;
  /** Where the next record begins. */
  offset: number;
  line: number;
  /** Bytes from `offset` on that are read already. */
  bytes: Buffer;
  /** Nothing comes behind `bytes`. */
  atEnd: boolean;
  window: number;
  /** Bounds of `window` while records are found in it. */
  smallest: number;
  largest: number;
}

/**
 * The records of a CSV file, in blocks: memory does not grow with the file. RFC 4180 to the letter about quotes; empty
 * lines are passed over. A record whose quotes are broken costs the line that it begins in, never the rows after it:
 * reading starts afresh at the next line.
 */
export async function* readCsvRows(
  path: string,
  layout: CsvLayout,
  largest = largestWindow,
): AsyncGenerator<SourceRow[]> {
  await using file = await open(path);
  const reading: Reading = {
    file,
    delimiter: layout.delimiter,
    offset: layout.offset,
    line: layout.line,
    bytes: Buffer.alloc(0),
    atEnd: false,
    window: largest,
    smallest: Math.min(smallestWindow, largest),
    largest,
  };
  for (;;) {
    await fill(reading, reading.window);
    passEmptyLines(reading);
    if (reading.bytes.length === 0) {
      if (reading.atEnd) return;
      continue;
    }
    const { rows, problem } = takeRows(reading);
    if (problem !== null) rows.push(await loseLine(reading, problem));
    for (let from = 0; from < rows.length; from += rowsPerBlock) yield rows.slice(from, from + rowsPerBlock);
  }
}

/** Reads on until at least so many bytes are there, or the file has ended. */
async function fill(reading: Reading, wanted: number): Promise<void> {
  while (!reading.atEnd && reading.bytes.length < wanted) {
    const { bytes, file, offset } = reading;
    const longer = Buffer.allocUnsafe(bytes.length + chunkBytes);
    bytes.copy(longer);
    const { bytesRead } = await file.read(longer, bytes.length, chunkBytes, offset + bytes.length);
    reading.bytes = longer.subarray(0, bytes.length + bytesRead);
    reading.atEnd = bytesRead === 0;
  }
}

/** The parser would do it too, but makes a record of each: some files have millions at their end. */
function passEmptyLines(reading: Reading): void {
  const { bytes } = reading;
  let [end, line] = [0, reading.line];
  for (let byte = bytes[0]; byte === 10 || byte === 13; byte = bytes[++end])
    if (byte === 10 || bytes[end + 1] !== 10) line++;
  // A CR at the end may be half of a CRLF.
  if (end === bytes.length && !reading.atEnd && bytes[end - 1] === 13) [end, line] = [end - 1, line - 1];
  reading.line = line;
  advance(reading, end);
}

interface Taken {
  rows: SourceRow[];
  /** What is wrong with the record behind them; `null`: nothing, or nothing that can be told yet. */
  problem: string | null;
}

/** The whole records of the window; the reading moves on behind them. */
function takeRows(reading: Reading): Taken {
  const window = reading.bytes.subarray(0, reading.window);
  const isRest = reading.atEnd && window.length === reading.bytes.length;
  const { records, broken } = parseWindow(window, reading.delimiter);
  // At the end of a window a record may be cut: inside quotes it is broken, else the parser has taken it for whole.
  const isCut = broken === "CSV_QUOTE_NOT_CLOSED" && !isRest;
  if (!isRest && broken === null) records.pop();
  const rows = rowsOf(records, reading);
  advance(reading, isRest && broken === null ? window.length : (records.at(-1)?.bytes ?? 0));
  if (broken !== null && !isCut) return { rows, problem: whatIsBroken(broken) };
  const isTooLong = records.length === 0 && !isRest && window.length >= maxRowBytes;
  if (isTooLong) return { rows, problem: whatIsBroken("CSV_MAX_RECORD_SIZE") };
  reading.window = nextWindow(reading, records.length);
  return { rows, problem: null };
}

/** So much that a block is full; more where not even one record was. */
function nextWindow({ window, smallest, largest }: Reading, records: number): number {
  if (records === 0) return Math.min(maxRowBytes, 2 * window);
  if (records > rowsPerBlock) return Math.max(smallest, window / 2);
  return Math.min(largest, 2 * window);
}

/** The rows of records, without empty lines; the reading's line moves behind them. */
function rowsOf(records: readonly ParsedRecord[], reading: Reading): SourceRow[] {
  const rows: SourceRow[] = [];
  let linesBefore = 0;
  for (const { cells, bytes, lines } of records) {
    const isBlank = cells.length === 1 && cells[0]?.trim() === "";
    if (!isBlank) rows.push({ line: reading.line, end: reading.offset + bytes, cells });
    const isOneLine = lines - linesBefore <= 1;
    linesBefore = lines;
    reading.line += isOneLine ? 1 : 1 + cells.reduce((breaks, cell) => breaks + lineBreaksIn(cell), 0);
  }
  return rows;
}

function advance(reading: Reading, bytes: number): void {
  reading.offset += bytes;
  reading.bytes = reading.bytes.subarray(bytes);
}

/** Gives the line that the reading stands at as a row that could not be read, and moves behind it. */
async function loseLine(reading: Reading, reason: string): Promise<SourceRow> {
  const { line } = reading;
  let shown = Buffer.alloc(0);
  const take = (bytes: number): void => {
    const more = reading.bytes.subarray(0, Math.min(bytes, shownBytes - shown.length));
    if (more.length > 0) shown = Buffer.concat([shown, more]);
    advance(reading, bytes);
  };
  let length = lineEnd(reading.bytes);
  while (length === -1 && !reading.atEnd) {
    take(reading.bytes.length);
    await fill(reading, 1);
    length = lineEnd(reading.bytes);
  }
  take(length === -1 ? reading.bytes.length : length);
  await fill(reading, 2);
  const isCrLf = reading.bytes[0] === 13 && reading.bytes[1] === 10;
  advance(reading, Math.min(reading.bytes.length, isCrLf ? 2 : 1));
  reading.line += 1;
  reading.window = reading.smallest; // where one is broken, the next may be too
  // A character that the cut goes through is left out.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(shown, { stream: true });
  return { line, end: reading.offset, cells: [text], problem: { code: "csv_syntax", reason } };
}
