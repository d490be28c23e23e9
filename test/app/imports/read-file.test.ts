import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { EncodingUnsure } from "#db/imports/read/encodings.ts";
import { cfpbCsv, complaint, examine, readCases, temporaryFile } from "./sources.ts";

const rows = [complaint(1), complaint(2), complaint(3)];
const header = (csv: string) => csv.slice(0, csv.indexOf("\n"));

async function linesAndReasons(content: string | Uint8Array): Promise<(number | [number, string])[]> {
  const read = await readCases(await temporaryFile(content));
  return read.map(({ line, result }) => ("rejection" in result ? [line, result.rejection.code] : line));
}

describe("a CSV file", () => {
  test.each([
    ["commas", cfpbCsv(rows)],
    ["a byte order mark", `\uFEFF${cfpbCsv(rows)}`],
    ["CRLF", cfpbCsv(rows).replaceAll("\n", "\r\n")],
    ["CR", cfpbCsv(rows).replaceAll("\n", "\r")],
    ["no line end after the last row", cfpbCsv(rows).trimEnd()],
  ])("with %s gives each row with the line that it begins in", async (_, content) => {
    expect(await linesAndReasons(content)).toEqual([2, 3, 4]);
  });

  test.each([
    ["semicolons", ";"],
    ["tabs", "\t"],
    ["bars", "|"],
  ])("may separate cells by %s", async (_, delimiter) => {
    const bare = complaint(1, { "Consumer complaint narrative": "" }).join(delimiter);
    expect(await linesAndReasons(`${header(cfpbCsv([])).replaceAll(",", delimiter)}\n${bare}\n`)).toEqual([
      2,
    ]);
  });

  test("may mix line ends, and hold line ends inside cells", async () => {
    const csv = cfpbCsv([complaint(1, { "Consumer complaint narrative": "one\ntwo\nthree" }), complaint(2)]);
    expect(await linesAndReasons(csv.replace("three", "three\r\nfour").replace(/\n$/, "\r\n"))).toEqual([
      2, 6,
    ]);
  });

  test("may have a banner above its header and empty lines between rows", async () => {
    expect(
      await linesAndReasons(`Archive: complaints.zip\n  inflating, it says\n${cfpbCsv(rows)}\n\n`),
    ).toEqual([4, 5, 6]);
  });

  test("keeps its good rows beside one that is too wide and one that is too narrow", async () => {
    const csv = cfpbCsv([complaint(1), [...complaint(2), "extra"], complaint(3).slice(1), complaint(4)]);
    expect(await linesAndReasons(csv)).toEqual([2, [3, "row_width"], [4, "row_width"], 5]);
  });

  test.each([
    ["a quote that is not doubled", 'was "charged" twice'],
    ["a quoted cell that goes on", '"charged" twice'],
  ])("loses only the line with %s", async (_, cell) => {
    const lines = cfpbCsv(rows).split("\n");
    lines[2] = complaint(2).with(5, cell).join(",");
    expect(await linesAndReasons(lines.join("\n"))).toEqual([2, [3, "csv_syntax"], 4]);
  });

  test("loses only the line in which a quote opens that is never closed", async () => {
    const lines = cfpbCsv(rows).split("\n");
    lines[2] = complaint(2).with(5, '"never closed').join(",");
    expect(await linesAndReasons(lines.join("\n"))).toEqual([2, [3, "csv_syntax"], 4]);
  });

  test("loses only the line of a quote that swallows more than a row may hold", async () => {
    const long = "It went on. ".repeat(400);
    const many = Array.from({ length: 400 }, (_, id) =>
      complaint(id + 10, { "Consumer complaint narrative": long }),
    );
    const lines = cfpbCsv([complaint(1), complaint(2), ...many]).split("\n");
    lines[2] = complaint(2).with(5, '"never closed').join(",");
    const read = await linesAndReasons(lines.join("\n"));
    expect(read.slice(0, 3)).toEqual([2, [3, "csv_syntax"], 4]);
    expect(read).toHaveLength(402);
  });

  test("shows a broken row as it stands in the file", async () => {
    const csv = `${cfpbCsv([complaint(1)])}2019-03-29,"never closed`;
    const read = await readCases(await temporaryFile(csv));
    expect(read[1]?.cells).toEqual(['2019-03-29,"never closed']);
  });
});

describe("what is no file of cases is refused with a sentence:", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /cases\.csv is empty; expected a header line/],
    ["blank lines", "\n \n", /is empty/],
    ["only a header", cfpbCsv([]), /has a header and no row below it/],
    [
      "a web page",
      "<!DOCTYPE html>\n<html><body>Log in</body></html>",
      /is a web page \(HTML\); expected a CSV, JSON or NDJSON file/,
    ],
    [
      "a Git LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
      /Git LFS pointer/,
    ],
    ["a spreadsheet", "PK\u0003\u0004rest", /\.xlsx/],
    ["a spreadsheet of old Excel", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2), /\.xls\)/],
    ["a PDF", "%PDF-1.7\n", /is a PDF/],
    ["binary data", Buffer.concat([Buffer.from("a,b\n"), Buffer.alloc(100)]), /binary data/],
    ["damaged gzip", gzipSync(cfpbCsv(rows)).subarray(0, 60), /compressed \(gzip\), and damaged/],
    ["JSON without an object", "[1, 2, 3]", /no header|JSON without an object/],
    ["a field that no case has", "source_system,source_case_id,status,colour\na,1,open,red\n", /“colour”/],
    ["a column named __proto__", "id,__proto__,date\n1,2,2026-01-01\n", /“__proto__”.*rename it/],
    [
      "too many columns",
      `${Array.from({ length: 501 }, (_, i) => `name ${i}`).join(",")}\n${"1,".repeat(500)}1\n`,
      /has 501 columns; expected at most 500/,
    ],
    ["a header that is a sentence", `id,${"long name ".repeat(30)}\n1,2\n`, /whose name has 299 characters/],
  ])("%s", async (_, content, sentence) => {
    await expect(readCases(await temporaryFile(content))).rejects.toThrow(sentence);
  });

  test("a file that is not there, and a directory", async () => {
    const directory = join(await temporaryFile("x"), "..", "folder");
    await mkdir(directory);
    await expect(readCases(join(directory, "none.csv"))).rejects.toMatchObject({ name: "NoInputFile" });
    await expect(readCases(directory)).rejects.toThrow(/is a directory; expected one file of cases/);
  });

  test("a gzip bomb, while it is unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, "a"), { level: 9 });
    await expect(readCases(await temporaryFile(bomb, "bomb.csv"))).rejects.toThrow(
      /bomb\.csv unpacks to more than 200 times its size/,
    );
  });

  test("a file that ends inside a character of UTF-8, by the line", async () => {
    const whole = Buffer.from(cfpbCsv([complaint(1)]) + "é");
    await expect(readCases(await temporaryFile(whole.subarray(0, -1)))).rejects.toThrow(/stands in line 3/);
  });
});

describe("a text in another form is read as what it is:", () => {
  const french = cfpbCsv([complaint(1, { Company: "Société Générale – l’été" })]);
  const company = async (path: string, wish = {}) => {
    const [row] = await readCases(path, wish);
    return row !== undefined && "record" in row.result ? row.result.record.attributes["Company"] : undefined;
  };

  test.each<[string, Uint8Array, string]>([
    ["UTF-8", Buffer.from(french), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${french}`), "utf-8"],
    ["UTF-16, little end first", Buffer.from(`\uFEFF${french}`, "utf16le"), "utf-16le"],
    ["UTF-16, big end first", Buffer.from(`\uFEFF${french}`, "utf16le").swap16(), "utf-16be"],
    ["UTF-16 without a mark", Buffer.from(french, "utf16le"), "utf-16le"],
    ["Windows-1252", windows1252(french), "windows-1252"],
    ["gzip", gzipSync(french), "utf-8"],
    ["gzip of UTF-16", gzipSync(Buffer.from(`\uFEFF${french}`, "utf16le")), "utf-16le"],
  ])("%s", async (_, content, encoding) => {
    const path = await temporaryFile(content);
    expect((await examine(path)).file.encoding).toBe(encoding);
    expect(await company(path)).toBe("Société Générale – l’été");
  });

  test("bytes that may be several encodings are asked about, and read as the one that is chosen", async () => {
    const polish = encoded(cfpbCsv([complaint(1, { Company: "Zażółć gęślą jaźń" })]), {
      ż: 0xbf,
      ó: 0xf3,
      ł: 0xb3,
      ć: 0xe6,
      ę: 0xea,
      ś: 0xb6,
      ą: 0xb1,
      ź: 0xbc,
      ń: 0xf1,
    });
    const path = await temporaryFile(polish);
    const error = await readCases(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(EncodingUnsure);
    expect(
      (error as EncodingUnsure).candidates.find(({ encoding }) => encoding === "iso-8859-2")?.sample,
    ).toContain("Zażółć gęślą jaźń");
    expect(await company(path, { encoding: "iso-8859-2" })).toBe("Zażółć gęślą jaźń");
    await expect(readCases(path, { encoding: "latin-9000" })).rejects.toThrow(/“latin-9000” is no encoding/);
  });

  test("an encoding that the bytes refute is refused by the line", async () => {
    const path = await temporaryFile(windows1252(french));
    await expect(readCases(path, { encoding: "utf-8" })).rejects.toThrow(/is not UTF-8: .* line 2/);
  });
});

/** The text in Windows-1252, for the few characters of it that the tests use. */
function windows1252(text: string): Buffer {
  return encoded(text, { "–": 0x96, "’": 0x92, é: 0xe9 });
}

function encoded(text: string, bytes: Readonly<Record<string, number>>): Buffer {
  return Buffer.from(Array.from(text, (character) => bytes[character] ?? character.charCodeAt(0)));
}
