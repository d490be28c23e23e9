import { type Day, formatDay, parseDay } from "#analytics/period.ts";
import type { ExposureDay } from "../../queries/exposure.ts";
import type { ExposureSeries } from "../../schema.ts";
import { unguardFormula } from "../map/formula-guard.ts";
import { type ParsedRecord, parseWindow, whatIsBroken } from "./csv-window.ts";
import { encodingOfMark, encodingOfNuls } from "./encodings.ts";
import { lineBreaksIn } from "./line-breaks.ts";

/** What stands in the way of a load, in the words of the page. `line` as a text editor counts it. */
export interface ExposureProblem {
  line: number;
  got: string;
  expected: string;
}

export type ReadExposure =
  | { scope: ExposureSeries["scope"]; days: ExposureDay[] }
  /** Nothing is to be loaded: a part of a file would look like days without any orders. */
  | { problems: ExposureProblem[]; unlisted: number };

const mostListed = 50;
/** Of one file: 200 products or teams over 10 years are less. */
const mostRows = 1_000_000;
const mostCharacters = 200;
/** Older days are slips of a finger. */
const firstDay = parseDay("1990-01-01") ?? 0;

const delimiters = [",", ";", "\t", "|"];
const names = {
  day: ["day", "date", "datum", "tag"],
  product: ["product", "produkt"],
  team: ["team"],
  value: ["value"],
};

/** Where what stands in a row. */
interface Columns {
  day: number;
  scope: { of: "product" | "team"; at: number } | null;
  value: number;
  width: number;
}

/**
 * The days of a CSV file: a day, perhaps a product or a team, and a number in each row, under a header. Either all rows are
 * right, or all that are wrong are told.
 * @param today the last day that there can be: what is to come is no exposure
 */
export function readExposureCsv(bytes: Buffer, today: Day): ReadExposure {
  const text = decoded(bytes);
  if (text === null)
    return refused({
      line: 1,
      got: "bytes that are no UTF-8",
      expected: "a CSV file in UTF-8; in Excel choose “CSV UTF-8” where you save it",
    });
  const head = text.replace(/^\s+/, "").split(/\r\n|\n|\r/, 1)[0] ?? "";
  const delimiter = delimiters.find((one) => columnsOf(cellsOf(head, one)) !== null);
  if (delimiter === undefined)
    return refused({
      line: 1,
      got: head.trim() === "" ? "an empty file" : `“${shown(head)}”`,
      expected:
        "a header with the columns day,value or day,product,value or day,team,value; the last may have any name if no other column is there",
    });
  const { records, broken } = parseWindow(Buffer.from(text), delimiter);
  const rows = numbered(records);
  const [header, ...below] = rows;
  const columns = columnsOf(header?.cells ?? []);
  if (header === undefined || columns === null) return refused(brokenLine(records, broken ?? "header"));
  const result = readRows(below, columns, today);
  if (broken !== null) result.problems.push(brokenLine(records, broken));
  if (result.problems.length === 0 && below.length === 0)
    result.problems.push({ line: header.line, got: "a header alone", expected: "at least one row below it" });
  if (result.problems.length > 0)
    return {
      problems: result.problems.slice(0, mostListed),
      unlisted: Math.max(0, result.problems.length - mostListed),
    };
  return { scope: columns.scope?.of ?? "all", days: result.days };
}

function refused(problem: ExposureProblem): ReadExposure {
  return { problems: [problem], unlisted: 0 };
}

/** Strict: nothing becomes U+FFFD in silence, since a product's name would match no case. */
function decoded(bytes: Buffer): string | null {
  const encoding = encodingOfMark(bytes) ?? encodingOfNuls(bytes.subarray(0, 4096)) ?? "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function cellsOf(line: string, delimiter: string): string[] {
  return parseWindow(Buffer.from(line), delimiter).records[0]?.cells ?? [];
}

function columnsOf(header: readonly string[]): Columns | null {
  const plain = header.map((cell) => cell.trim().toLowerCase());
  const find = (known: readonly string[]) => plain.findIndex((name) => known.includes(name));
  const [day, product, team, value] = [names.day, names.product, names.team, names.value].map(find) as [
    number,
    number,
    number,
    number,
  ];
  const others = plain.flatMap((_, at) => ([day, product, team].includes(at) ? [] : [at]));
  const found = value === -1 && others.length === 1 ? others[0]! : value;
  if (day === -1 || found === -1 || (product !== -1 && team !== -1)) return null;
  const scope = product !== -1 ? ({ of: "product", at: product } as const) : null;
  return {
    day,
    scope: scope ?? (team === -1 ? null : { of: "team", at: team }),
    value: found,
    width: header.length,
  };
}

interface NumberedRow {
  line: number;
  cells: string[];
}

/** Without empty lines; as a text editor counts them, also behind a cell with line breaks. */
function numbered(records: readonly ParsedRecord[]): NumberedRow[] {
  let next = 1;
  return records.flatMap(({ cells }) => {
    const line = next;
    next += linesOf(cells);
    return cells.every((cell) => cell.trim() === "") ? [] : [{ line, cells }];
  });
}

function linesOf(cells: readonly string[]): number {
  return 1 + cells.reduce((breaks, cell) => breaks + lineBreaksIn(cell), 0);
}

function brokenLine(records: readonly ParsedRecord[], code: string): ExposureProblem {
  return {
    line: 1 + records.reduce((lines, { cells }) => lines + linesOf(cells), 0),
    got: whatIsBroken(code),
    expected: "valid CSV from here on; the lines below were not looked at",
  };
}

function readRows(
  rows: readonly NumberedRow[],
  columns: Columns,
  today: Day,
): { days: ExposureDay[]; problems: ExposureProblem[] } {
  const days: ExposureDay[] = [];
  const problems: ExposureProblem[] = [];
  const lineOf = new Map<string, number>();
  if (rows.length > mostRows)
    problems.push({
      line: rows[mostRows]!.line,
      got: `${rows.length} rows`,
      expected: `at most ${mostRows}; load the years one after another`,
    });
  for (const { line, cells } of rows.slice(0, mostRows)) {
    const row = readRow(cells, columns, today);
    if ("expected" in row) {
      problems.push({ line, ...row });
      continue;
    }
    const key = `${row.day} ${row.scopeValue}`;
    const twin = lineOf.get(key);
    if (twin === undefined) days.push(row);
    else
      problems.push({
        line,
        got: `the day ${row.day}${row.scopeValue === "" ? "" : ` of “${shown(row.scopeValue)}”`} again`,
        expected: `each once; it stands in line ${twin} already`,
      });
    lineOf.set(key, twin ?? line);
  }
  return { days, problems };
}

function readRow(
  cells: readonly string[],
  { day: dayAt, scope, value: valueAt, width }: Columns,
  today: Day,
): ExposureDay | Omit<ExposureProblem, "line"> {
  if (cells.length !== width)
    return { got: `${cells.length} cells`, expected: `${width}, as many as the header has` };
  const day = (cells[dayAt] ?? "").trim().replace(/[ T]00:00(:00(\.0+)?)?Z?$/, "");
  const number = parseDay(day);
  if (number === null) return { got: quoted(cells[dayAt]), expected: "a day such as 2026-11-22" };
  if (number > today || number < firstDay)
    return {
      got: `the day ${day}`,
      expected: `a day from ${formatDay(firstDay)} to today, ${formatDay(today)}`,
    };
  const scopeValue = scope === null ? "" : unguardFormula((cells[scope.at] ?? "").trim());
  if (scope !== null && (scopeValue === "" || scopeValue.length > mostCharacters || /\0/.test(scopeValue)))
    return {
      got: quoted(cells[scope.at]),
      expected: `the name of a ${scope.of} of at most ${mostCharacters} characters`,
    };
  const text = (cells[valueAt] ?? "").trim();
  if (!/^\d{1,15}(\.\d{1,6})?$/.test(text))
    return {
      got: quoted(cells[valueAt]),
      expected:
        "a number from 0 without a sign or separators of thousands, such as 1234 or 1234.5, with 6 decimals at most",
    };
  return { day, scopeValue, value: Number(text) };
}

function quoted(cell: string | undefined): string {
  const text = (cell ?? "").trim();
  return text === "" ? "an empty cell" : `“${shown(text)}”`;
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
