import { describe, expect, test } from "vitest";
import { parseDay } from "#analytics/period.ts";
import { readExposureCsv } from "#db/imports/read/read-exposure-csv.ts";

const today = parseDay("2026-11-22")!;
const read = (text: string) => readExposureCsv(Buffer.from(text), today);
const day = (date: string, value: number, scopeValue = "") => ({ day: date, scopeValue, value });
/** "line: got; expected" of each problem. */
const problemsOf = (text: string | Buffer) => {
  const result = typeof text === "string" ? read(text) : readExposureCsv(text, today);
  return "problems" in result
    ? result.problems.map(({ line, got, expected }) => `${line}: ${got}; ${expected}`)
    : [];
};

describe("a file of exposure", () => {
  test("is read by its header, in any order, with any separator, as Excel writes it", () => {
    const two = { scope: "all", days: [day("2026-01-01", 12), day("2026-01-02", 0)] };
    expect(read("day,value\n2026-01-01,12\n2026-01-02,0\n")).toEqual(two);
    expect(read("\uFEFFDate;Orders\r\n2026-01-01;12\r\n\r\n2026-01-02;0")).toEqual(two);
    expect(read("VALUE\tDatum\n12\t2026-01-01 00:00:00\n0\t2026-01-02")).toEqual(two);
    expect(
      readExposureCsv(Buffer.from("\uFEFFday,value\n2026-01-01,12\n2026-01-02,0\n", "utf16le"), today),
    ).toEqual(two);
  });

  test("may be of products or of teams", () => {
    expect(read("day,product,value\n2026-01-01,Sofa,12.5\n2026-01-01,'=Lamp,1\n")).toEqual({
      scope: "product",
      days: [day("2026-01-01", 12.5, "Sofa"), day("2026-01-01", 1, "=Lamp")],
    });
    expect(read('Team,Day,Contacts\n"Øst, Nord",2026-01-01,3')).toEqual({
      scope: "team",
      days: [day("2026-01-01", 3, "Øst, Nord")],
    });
  });

  test("is not loaded where one line is wrong, and each such line is told with what was expected", () => {
    const problems = problemsOf(
      [
        "day,product,value",
        "2026-01-01,Sofa,12",
        '2026-01-02,Sofa,"1,200"',
        "2026-02-30,Sofa,4",
        "",
        "2026-01-01,Sofa,13",
        "2026-01-05, ,3",
        "2026-11-23,Sofa,3",
        "2026-01-06,Sofa",
        "2026-01-07,Sofa,-4",
        "1026-01-07,Sofa,4",
        "2026-01-08,Sofa,",
        "2026-01-09,Sofa,NaN",
      ].join("\n"),
    );
    expect(problems.map((problem) => problem.split(";")[0])).toEqual([
      "3: “1,200”",
      "4: “2026-02-30”",
      "6: the day 2026-01-01 of “Sofa” again",
      "7: an empty cell",
      "8: the day 2026-11-23",
      "9: 2 cells",
      "10: “-4”",
      "11: the day 1026-01-07",
      "12: an empty cell",
      "13: “NaN”",
    ]);
    expect(problems[2]).toContain("line 2");
    expect(problems[4]).toContain("to today, 2026-11-22");
  });

  test("has its lines counted as a text editor does, behind a cell with line breaks too", () => {
    const text = 'day,team,value\r\n2026-01-01,"A\r\nB\nC",1\r\n\r\n2026-01-02,D,x\r\n2026-01-03,"E,2\r\n';
    expect(problemsOf(text).map((problem) => problem.split(":")[0])).toEqual(["6", "7"]);
  });

  test("has its first 50 bad lines told, and how many more there are", () => {
    const rows = Array.from({ length: 70 }, (_, i) => `2026-01-01,x${i}`);
    const result = read(`day,value\n${rows.join("\n")}`);
    expect(result).toMatchObject({ unlisted: 20 });
    expect("problems" in result && result.problems).toHaveLength(50);
  });

  test("is refused as a whole where it has no such header, no rows, no UTF-8 or a broken quote", () => {
    for (const header of ["", "a,b", "day", "day,orders,contacts", "day,product,team,value", "value,product"])
      expect(problemsOf(`${header}\n2026-01-01,1\n`), header).toEqual([
        expect.stringMatching(/^1: .*day,product,value/),
      ]);
    expect(problemsOf("day,value\n")).toEqual(["1: a header alone; at least one row below it"]);
    expect(problemsOf(Buffer.from("day,team,value\n2026-01-01,\xd8st,1\n", "latin1"))).toEqual([
      expect.stringMatching(/^1: bytes that are no UTF-8/),
    ]);
    expect(problemsOf('day,value\n2026-01-01,1\n2026-01-02,"2\n2026-01-03,3\n')).toEqual([
      expect.stringMatching(/^3: A quote opens in this line and is never closed/),
    ]);
  });
});
