import type { SourceRow } from "../read/layout.ts";
import type { DateOrder } from "./mapping.ts";
import { parseTime, type WrittenTime } from "./read-time.ts";

/** What the cells of a column look like. Plain JSON, kept with a draft. */
export interface ColumnExamination {
  column: string;
  /** Cells that hold something. */
  filled: number;
  /** Different values among the first cells that hold something, and how many cells those are. */
  distinct: number;
  distinctOf: number;
  /** Some of the values, shortened. */
  samples: string[];
  /** The most frequent values and their counts; empty where there are more than a choice can hold. */
  words: [text: string, count: number][];
  /** Characters of the longest one. */
  longest: number;
  /** How many cells each order can read as a time, and how many some order can. */
  times: Record<DateOrder, number>;
  anyTime: number;
  /** Cells that are another day with the day first than with the month first. */
  eitherWay: number;
  /** Cells with a time of day, and those of them that are exactly midnight. */
  withClock: number;
  midnights: number;
  /** Numbers in a spreadsheet's short form, 1.23457E+11: their digits are lost. */
  rounded: number;
  /** Rows whose cell is that of the row before. */
  repeats: number;
}

export interface Examination {
  rows: number;
  /** Rows that could not be read. */
  problems: number;
  /** Rows with more or fewer cells than the header. */
  wrongWidth: number;
  columns: ColumnExamination[];
  /** Every row was looked at, not the first ones only. */
  whole: boolean;
}

/** So many cells of a column are looked through for different values; of many columns fewer, since memory is bounded. */
const cellsForDistinct = 10_000;
const allCellsForDistinct = 1_000_000;
const mostWords = 200;
const wordsKept = 50;
const longestWord = 80;
const samplesKept = 5;
const sampleCharacters = 80;
/** Long texts of the same beginning and length are taken as the same. */
const charactersHashed = 200;
/** A column in whose first cells that hold something there is no time has none. */
const cellsUntilNoTime = 1_000;

export const dateOrders: readonly DateOrder[] = [
  "ymd",
  "dmy",
  "mdy",
  "unix_seconds",
  "unix_milliseconds",
  "excel_serial",
];

const dateForms = ["dmy", "mdy", "ymd"] as const satisfies DateOrder[];
const numberOrders = [
  "ymd",
  "unix_seconds",
  "unix_milliseconds",
  "excel_serial",
] as const satisfies DateOrder[];

/** Looks at every row of a source once; memory does not grow with it. */
export class ColumnExaminer {
  readonly #columns: ColumnLook[];
  #rows = 0;
  #problems = 0;
  #wrongWidth = 0;

  constructor(columns: readonly string[]) {
    const cells = Math.min(cellsForDistinct, Math.floor(allCellsForDistinct / Math.max(1, columns.length)));
    this.#columns = columns.map((column) => new ColumnLook(column, cells));
  }

  add(rows: readonly SourceRow[]): void {
    for (const { cells, problem } of rows) {
      this.#rows++;
      if (problem !== undefined) this.#problems++;
      else if (cells.length !== this.#columns.length) this.#wrongWidth++;
      else for (let i = 0; i < cells.length; i++) this.#columns[i]?.add(cells[i] ?? "");
    }
  }

  finish({ whole }: { whole: boolean }): Examination {
    return {
      rows: this.#rows,
      problems: this.#problems,
      wrongWidth: this.#wrongWidth,
      columns: this.#columns.map((column) => column.finish()),
      whole,
    };
  }
}

const roundedNumber = /^\d(?:[.,]\d+)?E\+\d{1,2}$/i;
/** No time is longer. */
const longestTime = 40;
/** A time begins with a digit or a letter and holds a digit. */
const mayBeTime = /^[\dA-Za-z].*\d/;
/** A number stands for a time in other orders than a date does: each is tried where it may succeed. */
const isNumber = /^\d+(?:[.,]\d+)?$/;

class ColumnLook {
  readonly #found: ColumnExamination;
  readonly #distinct = new Set<number>();
  readonly #cellsForDistinct: number;
  #words: Map<string, number> | null = new Map();
  #previous = "";

  constructor(column: string, forDistinct: number) {
    this.#cellsForDistinct = forDistinct;
    this.#found = {
      column,
      filled: 0,
      distinct: 0,
      distinctOf: 0,
      samples: [],
      words: [],
      longest: 0,
      times: { ymd: 0, dmy: 0, mdy: 0, unix_seconds: 0, unix_milliseconds: 0, excel_serial: 0 },
      anyTime: 0,
      eitherWay: 0,
      withClock: 0,
      midnights: 0,
      rounded: 0,
      repeats: 0,
    };
  }

  add(cell: string): void {
    const text = cell.trim();
    const isRepeated = text !== "" && text === this.#previous;
    this.#previous = text;
    if (text === "") return;
    const found = this.#found;
    found.filled++;
    if (isRepeated) found.repeats++;
    if (text.length > found.longest) found.longest = text.length;
    if (found.filled <= this.#cellsForDistinct) this.#see(text);
    this.#count(text);
    if (text.length < 16 && roundedNumber.test(text)) found.rounded++;
    if (text.length <= longestTime && (found.anyTime > 0 || found.filled <= cellsUntilNoTime))
      this.#lookForTime(text);
  }

  finish(): ColumnExamination {
    const words = [...(this.#words ?? [])].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return { ...this.#found, distinct: this.#distinct.size, words: words.slice(0, wordsKept) };
  }

  #see(text: string): void {
    const hash = hashOf(text);
    const found = this.#found;
    found.distinctOf++;
    if (this.#distinct.has(hash)) return;
    this.#distinct.add(hash);
    if (found.samples.length === samplesKept) return;
    found.samples.push(flat(text.length > sampleCharacters ? `${text.slice(0, sampleCharacters)}…` : text));
  }

  #count(text: string): void {
    const words = this.#words;
    if (words === null) return;
    const count = words.get(text);
    if (count !== undefined) words.set(text, count + 1);
    else if (text.length > longestWord || words.size === mostWords) this.#words = null;
    else words.set(flat(text), 1);
  }

  #lookForTime(text: string): void {
    if (!mayBeTime.test(text)) return;
    if (isNumber.test(text)) this.#note(numberOrders.map((order) => this.#read(text, order)));
    else {
      const [dayFirst = null, monthFirst = null, ...others] = dateForms.map((order) =>
        this.#read(text, order),
      );
      if (dayFirst !== null && monthFirst !== null && dayFirst.day !== monthFirst.day)
        this.#found.eitherWay++;
      this.#note([dayFirst, monthFirst, ...others]);
    }
  }

  #read(text: string, order: DateOrder): WrittenTime | null {
    const time = parseTime(text, order);
    if (time !== null) this.#found.times[order]++;
    return time;
  }

  /** @param readings what the orders read, most of them nothing */
  #note(readings: readonly (WrittenTime | null)[]): void {
    const time = readings.find((reading) => reading !== null)?.time;
    if (time === undefined) return;
    this.#found.anyTime++;
    if (time !== null) this.#found.withClock++;
    if (time === 0) this.#found.midnights++;
  }
}

/** FNV-1a over the beginning of a text and its length: two texts of 10,000 are hardly ever taken as the same. */
function hashOf(text: string): number {
  const end = Math.min(text.length, charactersHashed);
  let hash = 0x811c9dc5 ^ text.length;
  for (let i = 0; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** A copy of its own: a part of a larger text would keep that in memory. */
function flat(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
