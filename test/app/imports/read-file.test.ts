import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cfpbCsv, complaint, readCases, temporaryFile } from "./sources.ts";

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

describe("what is no CSV file of cases is refused with a sentence:", () => {
  const gzip = Uint8Array.of(0x1f, 0x8b, 8, 0);
  const utf16 = Buffer.from(`\uFEFF${cfpbCsv(rows)}`, "utf16le");
  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /cases\.csv is empty; expected a header line/],
    ["blank lines", "\n \n", /is empty/],
    ["only a header", cfpbCsv([]), /has a header and no row below it/],
    [
      "a web page",
      "<!DOCTYPE html>\n<html><body>Log in</body></html>",
      /is a web page \(HTML\); expected a CSV file/,
    ],
    [
      "a Git LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
      /Git LFS pointer/,
    ],
    ["gzip", gzip, /compressed \(gzip\).*gunzip/],
    ["a spreadsheet", "PK\u0003\u0004rest", /\.xlsx/],
    ["UTF-16", utf16, /UTF-16.*UTF-8/],
    [
      "a header of something else",
      "Unique Key;Agency\n1;NYPD\n",
      /no header that is known.*Got: “Unique Key”, “Agency”/,
    ],
    ["a column named twice", cfpbCsv(rows).replace("Sub-issue", "Tags"), /names the column “Tags” twice/],
    ["a field that no case has", "source_system,source_case_id,status,colour\na,1,open,red\n", /“colour”/],
  ])("%s", async (_, content, sentence) => {
    await expect(readCases(await temporaryFile(content))).rejects.toThrow(sentence);
  });

  test("a byte that is not UTF-8, by its line", async () => {
    const latin1 = Buffer.from(cfpbCsv([complaint(1), complaint(2, { Company: "Société" })]), "latin1");
    const error = await readCases(await temporaryFile(latin1)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: "BadInput",
      message: expect.stringMatching(/stands in line 3\..*UTF-8/s),
    });
  });

  test("a file that is not there, and a directory", async () => {
    const directory = join(await temporaryFile("x"), "..", "folder");
    await mkdir(directory);
    await expect(readCases(join(directory, "none.csv"))).rejects.toMatchObject({ name: "NoInputFile" });
    await expect(readCases(directory)).rejects.toThrow(/is a directory; expected one CSV file/);
  });
});

test("a file ends inside a character of UTF-8: refused by the line", async () => {
  const whole = Buffer.from(cfpbCsv([complaint(1)]) + "é");
  await expect(readCases(await temporaryFile(whole.subarray(0, -1)))).rejects.toThrow(/stands in line 3/);
});
