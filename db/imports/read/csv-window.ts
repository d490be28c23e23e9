import { CsvError, parse } from "csv-parse/sync";

/** Files mix them: Excel writes CRLF between records and LF inside cells, old Macs CR. */
export const recordDelimiters = ["\r\n", "\n", "\r"];

/** A record, with the bytes read up to its end, and the lines: one too many for each CRLF inside a quoted cell. */
export interface ParsedRecord {
  cells: string[];
  bytes: number;
  lines: number;
}

export interface ParsedWindow {
  /** Those before the first that is not valid. */
  records: ParsedRecord[];
  /** What is wrong with that one, as csv-parse names it. */
  broken: string | null;
}

/**
 * The records of a piece of a CSV file; a piece that ends inside quotes has a broken last record. It stops at the first
 * error: csv-parse could go on at the next line, but makes an error of each broken one, which takes minutes for a few
 * thousand.
 */
export function parseWindow(bytes: Buffer, delimiter: string): ParsedWindow {
  const records: ParsedRecord[] = [];
  try {
    parse(bytes, {
      delimiter,
      // Each byte is held against each of them: most files have only one.
      record_delimiter: bytes.includes("\r") ? recordDelimiters : "\n",
      relax_column_count: true,
      on_record: (cells: string[], info) => {
        records.push({ cells, bytes: info.bytes, lines: info.lines });
        return null; // kept above, where an error leaves it
      },
    });
    return { records, broken: null };
  } catch (error) {
    if (error instanceof CsvError) return { records, broken: error.code };
    throw error;
  }
}

/** What csv-parse found, for people. */
export function whatIsBroken(code: string): string {
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
