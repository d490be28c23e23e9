import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import { readLine } from "./read-line.ts";

/** Where the rows of a file begin (byte and line), and what separates their cells. */
export interface CsvLayout {
  delimiter: string;
  offset: number;
  line: number;
}

/** One record: where it begins, and its cells. A broken one has a problem, and its line as only cell. */
export interface CsvRow {
  offset: number;
  line: number;
  cells: readonly string[];
  problem?: string;
}

/** Files mix them: Excel writes CRLF between records and LF inside cells, old Macs CR. */
export const recordDelimiters = ["\r\n", "\n", "\r"];

const maxRecordCharacters = 1024 * 1024;
const chunkBytes = 256 * 1024;

interface Place {
  offset: number;
  line: number;
}

/**
 * The records of a CSV file, one at a time: memory does not grow with the file. RFC 4180 to the letter about
 * quotes; empty lines are passed over. A record whose quotes are broken costs the line that it begins in, never
 * the rows after it: reading starts afresh at the next line.
 */
export async function* readCsv(path: string, layout: CsvLayout): AsyncGenerator<CsvRow> {
  await using file = await open(path);
  const place = { offset: layout.offset, line: layout.line };
  for (;;) {
    const problem = yield* readUntilBroken(path, layout.delimiter, place);
    if (problem === null) return;
    const { text, next } = await readLine(file, place.offset);
    yield { ...place, cells: [text], problem };
    place.offset = next;
    place.line += 1;
  }
}

/** The first error that the parser met, with where it had got to. */
interface Broken {
  code: string;
  bytes: number;
}

/** Yields records and moves `place` behind each, up to the end (`null`) or a broken record (what is wrong with it). */
async function* readUntilBroken(
  path: string,
  delimiter: string,
  place: Place,
): AsyncGenerator<CsvRow, string | null> {
  const start = { ...place };
  const first: { broken: Broken | null } = { broken: null };
  async function* chunksUntilBroken(): AsyncGenerator<Buffer> {
    const options = { start: start.offset, highWaterMark: chunkBytes };
    const chunks: AsyncIterable<Buffer> = createReadStream(path, options);
    for await (const chunk of chunks) {
      if (first.broken) return;
      yield chunk;
    }
  }
  const parser = openParser(delimiter, (broken) => {
    first.broken ??= broken;
  });
  const feeding = pipeline(Readable.from(chunksUntilBroken()), parser);
  feeding.catch(() => undefined); // the loop below throws the same error
  const records: AsyncIterable<ParsedRecord> = parser;
  for await (const { record, info } of records) {
    if (first.broken && info.bytes > first.broken.bytes) break;
    const beginning = { ...place };
    place.offset = start.offset + info.bytes;
    place.line += 1 + record.reduce((breaks, cell) => breaks + lineBreaksIn(cell), 0);
    if (record.length > 1 || record[0]?.trim() !== "") yield { ...beginning, cells: record };
  }
  return first.broken && whatIsBroken(first.broken);
}

/** A record as csv-parse gives it with `info`. */
export interface ParsedRecord {
  record: string[];
  /** Bytes and lines read up to its end. */
  info: { bytes: number; lines: number };
}

function openParser(delimiter: string, onBroken: (broken: Broken) => void) {
  return parse({
    delimiter,
    info: true,
    max_record_size: maxRecordCharacters,
    record_delimiter: recordDelimiters,
    relax_column_count: true,
    // An error would drop the good records that still wait in the parser; so it is noted, and read up to.
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error) onBroken({ code: error.code, bytes: Number(error["bytes"]) });
    },
  });
}

/** Counted here, because csv-parse takes a CRLF inside a quoted cell for two lines. */
function lineBreaksIn(cell: string): number {
  if (!cell.includes("\n") && !cell.includes("\r")) return 0;
  return cell.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function whatIsBroken({ code }: Broken): string {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "A quote opens in this line and is never closed; expected a closing quote before the end of the file.";
    case "CSV_MAX_RECORD_SIZE":
      return "The row is longer than 1 MB; probably a quote that opens in this line is never closed.";
    case "CSV_INVALID_CLOSING_QUOTE":
      return "A quoted cell goes on after its closing quote; a quote inside a cell must be doubled.";
    case "INVALID_OPENING_QUOTE":
      return "A quote stands inside a cell that does not begin with one; put the cell in quotes and double the quote.";
    default:
      return `The row is not valid CSV (${code}).`;
  }
}
