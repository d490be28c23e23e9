import { describe, expect, test } from "vitest";
import { ColumnExaminer } from "#db/imports/map/examine-columns.ts";
import { examined } from "./mapped.ts";

function column(cells: readonly string[]) {
  const [only] = examined(
    ["Column"],
    cells.map((cell) => [cell]),
  ).columns;
  if (only === undefined) throw new Error("Got no column; expected one.");
  return only;
}

describe("the examination of a column", () => {
  test("counts what is filled, what differs, and what repeats the row before", () => {
    expect(column(["a", " a ", "", "b", "b", "a"])).toMatchObject({
      filled: 5,
      distinct: 2,
      distinctOf: 5,
      repeats: 2,
      longest: 1,
      samples: ["a", "b"],
      words: [
        ["a", 3],
        ["b", 2],
      ],
    });
  });

  test("names no words where there are too many or too long ones", () => {
    expect(column(Array.from({ length: 201 }, (_, i) => `word ${i}`)).words).toEqual([]);
    expect(column(Array.from({ length: 200 }, (_, i) => `word ${i}`)).words).toHaveLength(50);
    expect(column(["short", "x".repeat(81)]).words).toEqual([]);
  });

  test("keeps five samples, shortened", () => {
    const { samples } = column("abcdefg".split(""));
    expect(samples).toEqual(["a", "b", "c", "d", "e"]);
    expect(column(["x".repeat(100)]).samples).toEqual([`${"x".repeat(80)}…`]);
  });

  test.each([
    ["2026-03-29", { ymd: 1, dmy: 1, mdy: 1, unix_seconds: 0, unix_milliseconds: 0, excel_serial: 0 }, 0],
    ["29.03.2026", { ymd: 0, dmy: 1, mdy: 0, unix_seconds: 0, unix_milliseconds: 0, excel_serial: 0 }, 0],
    ["03/04/2026", { ymd: 0, dmy: 1, mdy: 1, unix_seconds: 0, unix_milliseconds: 0, excel_serial: 0 }, 1],
    ["04/04/2026", { ymd: 0, dmy: 1, mdy: 1, unix_seconds: 0, unix_milliseconds: 0, excel_serial: 0 }, 0],
    ["1774806691", { ymd: 0, dmy: 0, mdy: 0, unix_seconds: 1, unix_milliseconds: 0, excel_serial: 0 }, 0],
    ["46110.5", { ymd: 0, dmy: 0, mdy: 0, unix_seconds: 0, unix_milliseconds: 0, excel_serial: 1 }, 0],
    [
      "The lamp of 2026",
      { ymd: 0, dmy: 0, mdy: 0, unix_seconds: 0, unix_milliseconds: 0, excel_serial: 0 },
      0,
    ],
  ])("sees which orders can read “%s”", (cell, times, eitherWay) => {
    const anyTime = Math.max(...Object.values(times));
    expect(column([cell])).toMatchObject({ times, eitherWay, anyTime });
  });

  test("tells times of day and midnights apart from days", () => {
    const cells = ["2026-03-29", "2026-03-29 00:00:00", "2026-03-29 00:00:01"];
    expect(column(cells)).toMatchObject({ anyTime: 3, withClock: 2, midnights: 1 });
  });

  test("finds a time wherever it begins, but not behind a thousand cells without one", () => {
    expect(column([...Array<string>(1_500).fill(""), "2026-03-29"]).anyTime).toBe(1);
    expect(column([...Array<string>(1_000).fill("Lund"), "2026-03-29"]).anyTime).toBe(0);
  });

  test("sees ids that a spreadsheet has rounded", () => {
    expect(column(["1.23457E+11", "1,2E+6", "1E+11", "123457", "E+11"]).rounded).toBe(3);
  });
});

test("rows that could not be read or are of another width are counted, and not looked at", () => {
  const examiner = new ColumnExaminer(["a", "b"]);
  const problem = { code: "csv_syntax", reason: "A quote is never closed." } as const;
  examiner.add([
    { line: 2, end: 4, cells: ["1", "2"] },
    { line: 3, end: 6, cells: ["1"] },
    { line: 4, end: 9, cells: ['"1'], problem },
  ]);
  const examination = examiner.finish({ whole: false });
  expect(examination).toMatchObject({ rows: 3, problems: 1, wrongWidth: 1, whole: false });
  expect(examination.columns.map(({ filled }) => filled)).toEqual([1, 1]);
  expect(JSON.parse(JSON.stringify(examination))).toEqual(examination);
});

test("memory does not grow with the rows: of very many columns fewer cells are compared", () => {
  const columns = Array.from({ length: 500 }, (_, i) => `Column ${i}`);
  const examiner = new ColumnExaminer(columns);
  const block = (from: number) =>
    Array.from({ length: 100 }, (_, i) => ({
      line: from + i,
      end: from + i,
      cells: columns.map((_name, at) => `${from + i} of ${at}`),
    }));
  for (let from = 0; from < 2_500; from += 100) examiner.add(block(from));
  const [first] = examiner.finish({ whole: true }).columns;
  expect(first).toMatchObject({ filled: 2_500, distinct: 2_000, distinctOf: 2_000, words: [] });
});
