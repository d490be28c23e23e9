import { gzipSync } from "node:zlib";
import fc from "fast-check";

/** A file as it is written, and what it says. */
export interface RandomCsv {
  bytes: Buffer;
  /** To be told; `null`: a byte order mark or UTF-8 says it. */
  encoding: string | null;
  columns: string[];
  rows: ExpectedRow[];
}

/** `cells` is `null` where the quotes of the line are broken: then it is shown as it stands. */
export interface ExpectedRow {
  line: number;
  cells: string[] | null;
  text: string;
}

type Item = { kind: "row"; cells: Cell[] } | { kind: "blank" } | { kind: "broken"; text: string };

interface Cell {
  text: string;
  quoted: boolean;
}

interface Style {
  delimiter: string;
  lineBreaks: string[];
  encoding: "utf-8" | "utf-8 marked" | "utf-16le" | "utf-16be" | "windows-1252";
  banner: string[];
  gzip: boolean;
  endsWithBreak: boolean;
}

const delimiters = [",", ";", "\t", "|"];
const western = [
  "a",
  "Z",
  "0",
  " ",
  ",",
  ";",
  "\t",
  "|",
  '"',
  "\n",
  "\r",
  "\r\n",
  "é",
  "€",
  "’",
  "\u00a0",
  "=",
];
const anyLetters = [...western, "😀", "\u2028", "ж", "漢", "\ufeff", "e\u0301"];

const style: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(...delimiters),
  lineBreaks: fc.array(fc.constantFrom("\n", "\r\n", "\r"), { minLength: 1, maxLength: 4 }),
  encoding: fc.constantFrom("utf-8", "utf-8 marked", "utf-16le", "utf-16be", "windows-1252"),
  banner: fc.array(fc.constantFrom("Archive: cases.zip", "  inflating, it says", ""), { maxLength: 3 }),
  gzip: fc.boolean(),
  endsWithBreak: fc.boolean(),
});

/** Random files: well-formed records, ragged ones, blank lines, lines with broken quotes. */
export const randomCsv: fc.Arbitrary<RandomCsv> = fc
  .tuple(style, fc.integer({ min: 2, max: 6 }))
  .chain(([chosen, width]) => {
    const letters = chosen.encoding === "windows-1252" ? western : anyLetters;
    const text = fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((parts) => parts.join(""));
    const cell = fc.record({ text, quoted: fc.boolean() });
    const row = fc
      .oneof(
        { weight: 6, arbitrary: fc.array(cell, { minLength: width, maxLength: width }) },
        { weight: 1, arbitrary: fc.array(cell, { minLength: 1, maxLength: 9 }) },
      )
      .map((cells): Item => ({ kind: "row", cells }));
    const broken = fc
      .constantFrom('a"b', '"a"b', 'x"', `a${chosen.delimiter}b"c"`)
      .map((shown): Item => ({ kind: "broken", text: shown }));
    const blank = fc.constant<Item>({ kind: "blank" });
    const item = fc.oneof(
      { weight: 8, arbitrary: row },
      { weight: 1, arbitrary: broken },
      { weight: 1, arbitrary: blank },
    );
    // Behind a quote that is never closed no quote may stand, or it would close it.
    const plain = fc.array(fc.constantFrom("a", "é", "1"), { minLength: width, maxLength: width });
    const torn = fc.option(fc.array(plain, { maxLength: 4 }), { freq: 4 });
    return fc
      .tuple(fc.array(item, { minLength: 1, maxLength: 12 }), torn)
      .map(([items, tail]) => write(chosen, width, [...items, ...tornItems(tail, chosen.delimiter)]));
  });

function tornItems(tail: string[][] | null, delimiter: string): Item[] {
  if (tail === null) return [];
  const rows = tail.map(
    (cells): Item => ({ kind: "row", cells: cells.map((text) => ({ text, quoted: false })) }),
  );
  return [{ kind: "broken", text: `x${delimiter}"never closed` }, ...rows];
}

function write(chosen: Style, width: number, items: readonly Item[]): RandomCsv {
  const columns = Array.from({ length: width }, (_, index) => `Name ${index} é`);
  let text = "";
  let breaks = 0;
  const lineBreak = () => chosen.lineBreaks[breaks++ % chosen.lineBreaks.length] ?? "\n";
  for (const line of chosen.banner) text += line + lineBreak();
  text += columns.join(chosen.delimiter) + lineBreak();
  const rows: ExpectedRow[] = [];
  for (const [index, item] of items.entries()) {
    const shown = textOf(item, chosen.delimiter);
    const cells = item.kind === "row" ? fitted(item.cells, width) : null;
    const isBlank =
      item.kind === "blank" || (item.kind === "row" && item.cells.length === 1 && cells?.[0]?.trim() === "");
    if (!isBlank) rows.push({ line: 1 + (text.match(/\r\n|\n|\r/g)?.length ?? 0), cells, text: shown });
    text += shown;
    if (index < items.length - 1 || chosen.endsWithBreak) text += lineBreak();
  }
  const bytes = encoded(text, chosen.encoding);
  const encoding = chosen.encoding === "windows-1252" ? chosen.encoding : null;
  return { bytes: chosen.gzip ? gzipSync(bytes, { level: 1 }) : bytes, encoding, columns, rows };
}

function textOf(item: Item, delimiter: string): string {
  if (item.kind === "blank") return "";
  if (item.kind === "broken") return item.text;
  const written = ({ text, quoted }: Cell) =>
    quoted || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return item.cells.map(written).join(delimiter);
}

/** Empty cells beyond the header are cut. */
function fitted(cells: readonly Cell[], width: number): string[] {
  const texts = cells.map(({ text }) => text);
  while (texts.length > width && texts.at(-1)?.trim() === "") texts.pop();
  return texts;
}

const westernBytes = new Map([
  ["€", 0x80],
  ["’", 0x92],
]);

export function encoded(text: string, encoding: Style["encoding"]): Buffer {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(text);
    case "utf-8 marked":
      return Buffer.from(`\ufeff${text}`);
    case "utf-16le":
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case "utf-16be":
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    case "windows-1252":
      return Buffer.from(Array.from(text, (letter) => westernBytes.get(letter) ?? letter.charCodeAt(0)));
  }
}
