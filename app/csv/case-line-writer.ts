import { type NameField, nameFields, timeFields } from "#analytics/case.ts";
import type { NameDictionaries } from "#analytics/facts/facts.ts";
import type { CellValue } from "#app/tables/table.ts";
import { unescaped } from "#db/engine/copy-out.ts";
import { isoInstant } from "#db/engine/types.ts";
import { LocalDays } from "#db/imports/store/local-days.ts";
import { type CaseLines, type LineKind, lineColumns } from "#db/queries/case-lines.ts";
import { AttributeValues } from "./attribute-values.ts";
import { csvCell } from "./csv-lines.ts";
import { NextByte } from "./next-byte.ts";

/** What a file of cases has beside the columns of their lines. */
export interface BesideLines {
  names: NameDictionaries;
  timeZone: string;
  /** The names of the attributes, one a column. */
  attributes: readonly string[];
  /** What stands between a case's own columns and its attributes, of the case at a place. */
  between(place: number): Cells;
}

/** Cells of CSV as their bytes, the comma in front of each among them. */
export type Cells = Uint8Array;

export function encodeCells(values: readonly CellValue[]): Cells {
  return Buffer.from(values.map((value) => `,${csvCell(value)}`).join(""));
}

const [comma, quote, tab, lineFeed, carriageReturn, backslash] = [0x2c, 0x22, 0x09, 0x0a, 0x0d, 0x5c];
const [capitalN, capitalT, capitalZ, point, zero, space, plus] = [0x4e, 0x54, 0x5a, 0x2e, 0x30, 0x20, 0x2b];

/** Bytes with which a text begins that may be a formula (formula-guard.ts); full-width signs share their first one. */
const mayOpenFormula = flagsOf(...Buffer.from("'=+-@"), 0xef);
/** Bytes that end a value, or that no value holds without more ado. */
const needsLook = flagsOf(tab, quote, backslash);

/** What follows a backslash, and the byte that the two stand for. */
const escapes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
for (const letter of "bfnrtv") escapes[letter.charCodeAt(0)] = unescaped(`\\${letter}`).charCodeAt(0);

/** Up to so many bytes a loop is faster than to call what is built in. */
const nearBytes = 32;
/** Of a time without fractions of a second, and a year of four digits. */
const timeLength = "2026-11-28 09:30:00+00".length;

/** Two quotes around a cell, a comma in front of it, an apostrophe, what a time or a word takes more than in its line. */
const moreThanInLine = 8;

/**
 * Makes CSV of the lines of COPY, byte by byte: most cells are null or stand in the file as they stand in the line, and
 * to make a text of each takes most of the time that a file takes. Gives the bytes that `csvLines` gives of the same cells.
 */
export class CaseLineWriter {
  readonly #beside: BesideLines;
  readonly #columns: readonly Column[];
  readonly #values: AttributeValues;
  readonly #localDays: LocalDays;
  readonly #days = new Map<number, Uint8Array>();
  readonly #backslashes = new NextByte(backslash);
  readonly #quotes = new NextByte(quote);
  readonly #commas = new NextByte(comma);
  /** More than a line without its texts takes. */
  readonly #room: number;
  #in: Buffer = Buffer.alloc(0);
  /** Of the next byte to be read. */
  #from = 0;
  #out: Buffer = Buffer.alloc(0);
  /** Of the next byte to be written. */
  #to = 0;

  constructor(beside: BesideLines) {
    this.#beside = beside;
    this.#columns = lineColumns.map(({ name, kind }) => ({
      kind,
      bit: 1 << timeFields.findIndex((field) => field === name),
      names: isName(name) ? beside.names[name].map((text) => Buffer.from(csvCell(text ?? null))) : [],
    }));
    this.#values = new AttributeValues(beside.attributes);
    this.#localDays = new LocalDays(beside.timeZone);
    const longest = this.#columns.map(({ names }) => Math.max(0, ...names.map((name) => name.length)));
    this.#room =
      longest.reduce((sum, length) => sum + length, 0) +
      moreThanInLine * (this.#columns.length + beside.attributes.length + 1);
  }

  /** The cases as lines of CSV. */
  write({ bytes, starts, places }: CaseLines): Buffer {
    this.#in = bytes;
    this.#to = 0;
    for (let i = 0; i < starts.length; i++) this.#line(starts[i] ?? 0, places[i] ?? 0);
    return Buffer.from(this.#out.subarray(0, this.#to));
  }

  #line(start: number, place: number): void {
    const end = this.#in.indexOf(lineFeed, start);
    const between = this.#beside.between(place);
    this.#makeRoom(2 * (end - start) + this.#room + between.length);
    this.#from = start;
    this.#number();
    const dateOnly = this.#integer();
    const [bytes, out] = [this.#in, this.#out];
    let [from, to] = [this.#from, this.#to];
    for (const column of this.#columns) {
      out[to++] = comma;
      if (bytes[from] === backslash && bytes[from + 1] === capitalN) {
        from += 3; // most columns of most cases are null
        continue;
      }
      this.#from = from;
      this.#to = to;
      if (column.kind === "text") this.#text();
      else if (column.kind === "number") this.#number();
      else if (column.kind === "name") this.#copy(column.names[this.#integer()]);
      else this.#time((dateOnly & column.bit) !== 0);
      from = this.#from;
      to = this.#to;
    }
    this.#from = from;
    this.#to = to;
    this.#copy(between);
    this.#attributeCells(end);
    this.#out[this.#to++] = carriageReturn;
    this.#out[this.#to++] = lineFeed;
  }

  #makeRoom(bytes: number): void {
    if (this.#to + bytes <= this.#out.length) return;
    const more = Buffer.allocUnsafe(2 * this.#out.length + bytes);
    this.#out.copy(more, 0, 0, this.#to);
    this.#out = more;
  }

  #copy(cell: Uint8Array | undefined): void {
    if (cell === undefined) return;
    this.#out.set(cell, this.#to);
    this.#to += cell.length;
  }

  #number(): void {
    const end = this.#in.indexOf(tab, this.#from);
    for (let at = this.#from; at < end; at++) this.#out[this.#to++] = this.#in[at] ?? 0;
    this.#from = end + 1;
  }

  #integer(): number {
    let value = 0;
    for (let byte = this.#in[this.#from++] ?? tab; byte !== tab; byte = this.#in[this.#from++] ?? tab)
      value = value * 10 + byte - zero;
    return value;
  }

  #text(): void {
    const start = this.#from;
    let end = start;
    for (const near = start + nearBytes; end < near && needsLook[this.#in[end] ?? 0] === 0; end++);
    if (this.#in[end] !== tab) {
      const from = end;
      end = this.#in.indexOf(tab, from);
      if (this.#backslashes.isIn(this.#in, from, end) || this.#quotes.isIn(this.#in, from, end))
        return this.#escapedText(end);
    }
    this.#cleanText(start, end);
    this.#from = end + 1;
  }

  /** A text without a quote, or anything that an escape stands for. */
  #cleanText(start: number, end: number): void {
    const [bytes, out] = [this.#in, this.#out];
    if (mayOpenFormula[bytes[start] ?? 0] === 1) return this.#value(bytes.toString("utf8", start, end));
    const [length, begin] = [end - start, this.#to];
    let quoted = false;
    if (length <= nearBytes) for (let i = 0; i < length; i++) quoted ||= bytes[start + i] === comma;
    else quoted = this.#commas.isIn(bytes, start, end);
    let to = begin;
    if (quoted) out[to++] = quote;
    if (length <= nearBytes) for (let i = 0; i < length; i++) out[to++] = bytes[start + i] ?? 0;
    else to += bytes.copy(out, to, start, end);
    if (quoted) out[to++] = quote;
    this.#to = to;
  }

  #escapedText(end: number): void {
    const [bytes, out] = [this.#in, this.#out];
    const first = bytes[this.#from] ?? 0;
    if (first === backslash || mayOpenFormula[first] === 1) return this.#value(unescaped(this.#rest()));
    const begin = this.#to;
    let to = begin + 1; // behind a quote that may not be needed
    let quoted = false;
    for (let from = this.#from; from < end; ) {
      let byte = bytes[from++] ?? 0;
      if (byte === backslash) byte = escapes[bytes[from++] ?? 0] ?? 0;
      if (byte === quote) out[to++] = quote;
      quoted ||= byte === quote || byte === comma || byte === carriageReturn || byte === lineFeed;
      out[to++] = byte;
    }
    if (quoted) {
      out[begin] = quote;
      out[to++] = quote;
    } else out.copyWithin(begin, begin + 1, to--);
    this.#from = end + 1;
    this.#to = to;
  }

  /** What is left of the value that is under way, as it stands in its line. */
  #rest(): string {
    const [start, end] = [this.#from, this.#in.indexOf(tab, this.#from)];
    this.#from = end + 1;
    return this.#in.toString("utf8", start, end);
  }

  #value(value: string): void {
    this.#to += this.#out.write(csvCell(value), this.#to);
  }

  #time(isDay: boolean): void {
    const [bytes, from] = [this.#in, this.#from];
    const isPlain =
      bytes[from + 10] === space && bytes[from + 19] === plus && bytes[from + timeLength] === tab;
    if (isPlain && isDay) return this.#copy(this.#dayOf(from));
    if (!isPlain) {
      const instant = isoInstant(this.#rest());
      return this.#value(isDay ? this.#localDays.dayOf(instant) : instant);
    }
    const [out, to] = [this.#out, this.#to];
    for (let i = 0; i < 19; i++) out[to + i] = bytes[from + i] ?? 0;
    out[to + 10] = capitalT;
    out[to + 19] = point;
    for (let i = 20; i < 23; i++) out[to + i] = zero;
    out[to + 23] = capitalZ;
    this.#from = from + timeLength + 1;
    this.#to = to + 24;
  }

  /** Of the first instant of a day; as few as there are days. */
  #dayOf(from: number): Uint8Array {
    this.#from = from + timeLength + 1;
    let digits = 0;
    for (let i = 0; i < 19; i++) {
      const digit = (this.#in[from + i] ?? 0) - zero;
      if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    }
    let day = this.#days.get(digits);
    if (day === undefined) {
      const instant = isoInstant(this.#in.toString("latin1", from, from + timeLength));
      day = Buffer.from(csvCell(this.#localDays.dayOf(instant)));
      this.#days.set(digits, day);
    }
    return day;
  }

  #attributeCells(end: number): void {
    const [values, from] = [this.#values, this.#from];
    if (this.#backslashes.isIn(this.#in, from, end) || !values.find(this.#in, from, end))
      return this.#parsedAttributes(end);
    for (let place = 0; place < values.starts.length; place++) {
      this.#out[this.#to++] = comma;
      const start = values.starts[place] ?? -1;
      if (start >= 0) this.#cleanText(start, values.ends[place] ?? 0);
    }
  }

  #parsedAttributes(end: number): void {
    const text = unescaped(this.#in.toString("utf8", this.#from, end));
    const own = JSON.parse(text) as Record<string, string>; // as copy-lines.ts stores them
    for (const name of this.#beside.attributes) {
      this.#out[this.#to++] = comma;
      if (Object.hasOwn(own, name)) this.#value(own[name] ?? "");
    }
  }
}

interface Column {
  kind: LineKind;
  /** Of a time, in `date_only_fields`. */
  bit: number;
  /** The cells of a name's values by their ids. */
  names: readonly Uint8Array[];
}

const isName = (column: string): column is NameField => nameFields.some((name) => name === column);

function flagsOf(...bytes: number[]): Uint8Array {
  const flags = new Uint8Array(256);
  for (const byte of bytes) flags[byte] = 1;
  return flags;
}
