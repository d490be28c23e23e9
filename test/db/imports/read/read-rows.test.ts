import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readRows } from "#db/imports/read/read-rows.ts";
import { cellsOrProblems, fileOf, read } from "./source-files.ts";

const header = "no,text,state\n";
const linesOf = (rows: readonly { line: number; problem?: { code: string } }[]) =>
  rows.map(({ line, problem }) => (problem === undefined ? line : [line, problem.code]));

describe("rows of a CSV file", () => {
  test("wider and narrower ones are given as they are, without empty cells beyond the header", async () => {
    const { rows } = await read(`${header}1,a,b\n2,a,b,,\n3,a,b,,c\n4,a\n5,a,\n`);
    expect(rows.map(({ cells }) => cells.length)).toEqual([3, 3, 5, 2, 3]);
  });

  test("lose only the line that a broken quote begins in, even where a later quote would close it", async () => {
    const { rows } = await read(`${header}1,a,b\n2,"never,b\n3,a,b\n4,"a",b\n5,a,b\n`);
    expect(linesOf(rows)).toEqual([2, [3, "csv_syntax"], 4, 5, 6]);
    expect(rows[1]?.cells).toEqual(['2,"never,b']);
  });

  test("a row over 1 MB is one problem, shown by its beginning", async () => {
    const { rows } = await read(`${header}1,a,b\n2,${"é".repeat(600_000)},b\n3,a,b\n`);
    expect(linesOf(rows)).toEqual([2, [3, "csv_syntax"], 4]);
    expect(rows[1]?.problem?.reason).toMatch(/longer than 1 MB/);
    expect(rows[1]?.cells[0]).toMatch(/^2,é+$/);
    expect(rows[1]?.cells[0]?.length).toBeLessThan(64 * 1024);
  });

  test("a row of almost 1 MB is one like others", async () => {
    const { rows } = await read(`${header}1,a,b\n2,"${"x\n".repeat(500_000)}",b\n3,a,b\n`);
    expect(linesOf(rows)).toEqual([2, 3, 500_004]);
  });

  test("come in blocks of at most 2,000", async () => {
    const { file, layout } = await read(`${header}${"1,a,b\n".repeat(9_000)}`);
    const sizes: number[] = [];
    for await (const block of readRows(file.path, layout)) sizes.push(block.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(9_000);
  });

  test("more than a source may have are refused with a sentence", async () => {
    const { file, layout } = await read(`${header}1,a,b\n2,a,b\n3,a,b\n`);
    const all = async (most: number) => {
      for await (const _ of readRows(file.path, layout, most)) void _;
    };
    await expect(all(2)).rejects.toThrow(/has more than 2 rows; expected at most that\. Split it/);
    await expect(all(3)).resolves.toBeUndefined();
  });
});

describe("objects of JSON", () => {
  const objects = [
    {
      id: 1,
      subject: "a, [b] {c}",
      customer: { tier: "gold", address: { city: "Łódź" } },
      tags: ["x", "y"],
      done: true,
    },
    { id: 2, customer: null, notes: [{ by: "me" }], "odd.name": 'é\\"' },
  ];
  const columns = [
    "id",
    "subject",
    "customer.tier",
    "customer.address.city",
    "tags",
    "done",
    "notes",
    "odd.name",
  ];
  const cells = [
    ["1", "a, [b] {c}", "gold", "Łódź", "x|y", "true", "", ""],
    ["2", "", "", "", "", "", '[{"by":"me"}]', 'é\\"'],
  ];
  const lines = objects.map((object) => JSON.stringify(object)).join("\r\n");
  test.each([
    ["an array", JSON.stringify(objects), "json"],
    ["an array over many lines", JSON.stringify(objects, null, 2), "json"],
    ["one a line", lines, "ndjson"],
    ["one a line, with a mark and blank lines", `\ufeff\n${lines}\n\n`, "ndjson"],
    [
      "a member that is their list",
      JSON.stringify({ count: 2, sort: ["id"], tickets: objects, users: [{ id: 9 }] }),
      "json",
    ],
    ["such a member over many lines", JSON.stringify({ tickets: objects }, null, "\t"), "json"],
  ])("as %s become rows, by the paths of their members", async (_, text, format) => {
    const found = await read(text);
    expect(found.layout).toEqual({ format, columns });
    expect(cellsOrProblems(found.rows)).toEqual(cells);
    expect(cellsOrProblems((await read(gzipSync(text))).rows)).toEqual(cells);
  });

  test("one object alone is a case", async () => {
    expect(cellsOrProblems((await read('{"id": 7, "tags": ["a"]}\n')).rows)).toEqual([["7", "a"]]);
  });

  test("keep the digits of long numbers as they are written", async () => {
    const { rows } = await read('[{"id":12345678901234567890,"x":[1234567890123456789],"y":1.5,"z":1e3}]');
    expect(rows[0]?.cells).toEqual(["12345678901234567890", "1234567890123456789", "1.5", "1e3"]);
  });

  test.each([
    ["in an array", '[\n{"id":1},\n{"id":2,},\n"text",\n{"id":3}\n]'],
    ["a line each", '{"id":1}\n{"id":2,}\n"text"\n{"id":3}\n{"id":4'],
  ])("that are broken cost themselves only, %s", async (_, text) => {
    const { rows } = await read(text);
    const cost = cellsOrProblems(rows);
    expect(cost.slice(0, 4)).toEqual([["1"], "json_syntax", "json_syntax", ["3"]]);
    expect(rows[1]?.cells).toEqual(['{"id":2,}']);
    expect(rows[2]?.problem?.reason).toMatch(/is no object/);
  });

  test("a text that breaks off at the end of its line costs its element", async () => {
    const { rows } = await read('[\n{"id":1},\n{"id":"2},\n{"id":3},\n{"id":4}\n]');
    expect(cellsOrProblems(rows)).toEqual([["1"], "json_syntax", ["3"], ["4"]]);
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  test("a file that is cut keeps its whole elements", async () => {
    const { rows } = await read('[{"id":1},{"id":2},{"id":3,"te');
    expect(cellsOrProblems(rows)).toEqual([["1"], ["2"], "json_syntax"]);
  });

  test("one over 1 MB is a problem, and the next are read", async () => {
    const long = JSON.stringify({ id: 2, text: "x".repeat(1_100_000) });
    for (const text of [`[\n{"id":1},\n${long},\n{"id":3}]`, `{"id":1}\n${long}\n{"id":3}\n`])
      expect(cellsOrProblems((await read(text)).rows)).toEqual([["1"], "too_long", ["3"]]);
  });

  test("an element that is never closed is given up after 1 MB, at a line that begins another", async () => {
    const many = Array.from({ length: 60_000 }, (_, id) => `{"id":${id},"text":"case ${id}"}`).join(",\n");
    const { rows } = await read(`[\n{"id":1},\n{"open":{\n${many}\n]`);
    expect(cellsOrProblems(rows.slice(0, 2))).toEqual([["1", ""], "too_long"]);
    expect(rows.at(-1)?.cells).toEqual(["59999", "case 59999"]);
  });

  test.each([
    ["__proto__", '{"id":2,"__proto__":{"admin":true}}', /“__proto__”/],
    ["__proto__ deep inside", '{"id":2,"a":[{"b":{"\\u005f_proto__":1}}]}', /“__proto__”/],
    ["objects nested too deep", `{"a":${'{"a":'.repeat(40)}1${"}".repeat(40)}}`, /more than 32 deep/],
    ["lists nested too deep", `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, /more than 32 deep/],
    ["two members of one path", '{"a.b":1,"a":{"b":2}}', /Two members are named “a\.b”/],
  ])("%s is a row with a problem and touches nothing", async (_, element, reason) => {
    const { rows, layout } = await read(`{"id":1}\n${element}\n{"id":3}\n`);
    expect(layout.columns).toEqual(["id"]);
    expect(cellsOrProblems(rows)).toEqual([["1"], "json_syntax", ["3"]]);
    expect(rows[1]?.problem?.reason).toMatch(reason);
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined(); // nothing has it
  });

  test("with more than 500 members in all are refused", async () => {
    const lines501 = Array.from({ length: 501 }, (_, i) => `{"m${i}":1}`).join("\n");
    await expect(read(lines501)).rejects.toThrow(/has 501 columns; expected at most 500/);
  });
});

test("a file of two rows needs no more than its bytes", async () => {
  const path = await fileOf("a,b\n1,2");
  const layout = { format: "csv", delimiter: ",", columns: ["a", "b"], offset: 4, line: 2 } as const;
  for await (const [row] of readRows(path, layout))
    expect(row).toEqual({ line: 2, end: 7, cells: ["1", "2"] });
});
