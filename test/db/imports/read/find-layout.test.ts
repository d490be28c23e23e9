import { describe, expect, test } from "vitest";
import { read } from "./source-files.ts";

const rows = "1,Card charged twice,open\n2,No answer,closed\n3,Wrong amount,open\n";

describe("a header that nobody knows", () => {
  test.each([
    ["commas", ","],
    ["semicolons", ";"],
    ["tabs", "\t"],
    ["bars", "|"],
  ])("is found with its delimiter: %s", async (_, delimiter) => {
    const { layout } = await read(`Nummer,Betreff,Stand\n${rows}`.replaceAll(",", delimiter));
    expect(layout).toMatchObject({
      format: "csv",
      delimiter,
      columns: ["Nummer", "Betreff", "Stand"],
      line: 2,
    });
  });

  test("may stand below a banner, whose lines are shown", async () => {
    const {
      layout,
      skippedLines,
      rows: read3,
    } = await read(`Report of March, all teams\r\n\r\nsep=,\r\nno,text,state\r\n${rows}`);
    expect(layout.columns).toEqual(["no", "text", "state"]);
    expect(skippedLines).toEqual(["Report of March, all teams", "", "sep=,"]);
    expect(read3.map(({ line }) => line)).toEqual([5, 6, 7]);
  });

  test("is not taken from texts with many commas below a header of semicolons", async () => {
    const { layout } = await read(
      "no;text\n1;we wrote, called, and waited\n2;well, no\n3;one, two, three, four\n",
    );
    expect(layout).toMatchObject({ delimiter: ";", columns: ["no", "text"] });
  });

  test("may have one column, where nothing else fits", async () => {
    const { layout, rows: texts } = await read("complaint\ncharged twice\nno answer\n");
    expect(layout.columns).toEqual(["complaint"]);
    expect(texts.map(({ cells }) => cells)).toEqual([["charged twice"], ["no answer"]]);
  });

  test("may hold line breaks in its names", async () => {
    const { layout, rows: read3 } = await read(`no,"text\nof the case",state\n${rows}`);
    expect(layout.columns[1]).toBe("text\nof the case");
    expect(read3[0]).toMatchObject({ line: 3, cells: ["1", "Card charged twice", "open"] });
  });
});

test("the header that is known best wins over a wider line above it", async () => {
  const score = (columns: readonly string[]) => (columns.includes("Ticket ID") ? 0.8 : 0);
  const { layout } = await read("a,b,c,d\nTicket ID,State\n1,open\n2,closed\n", { score });
  expect(layout).toMatchObject({ columns: ["Ticket ID", "State"], line: 3 });
});

test("a person's delimiter and header line are followed, whatever they look like", async () => {
  const { layout, skippedLines } = await read("1,2\n3;4\n5;6\n", { delimiter: ";", headerLine: 2 });
  expect(layout).toMatchObject({ delimiter: ";", columns: ["3", "4"], line: 3 });
  expect(skippedLines).toEqual(["1,2"]);
  const far = `${"note\n".repeat(60)}no,text,state\n${rows}`;
  expect((await read(far, { headerLine: 61 })).layout).toMatchObject({
    columns: ["no", "text", "state"],
    line: 62,
  });
});

test("columns are trimmed, and each has a name of its own", async () => {
  const header = '" Labels ",Labels,Labels 2,,column 4,\u00a0Team\u00a0,labels,';
  const { layout } = await read(`${header}\na,b,c,d,e,f,g,h\ni,j,k,l,m,n,o,p\n`);
  expect(layout.columns).toEqual([
    "Labels",
    "Labels 3",
    "Labels 2",
    "column 4 2",
    "column 4",
    "Team",
    "labels",
    "column 8",
  ]);
});

test("names in brackets are no JSON", async () => {
  expect((await read("[id],[text]\n1,a\n2,b\n")).layout).toMatchObject({
    format: "csv",
    columns: ["[id]", "[text]"],
  });
});

test("a column named constructor is one like others", async () => {
  const { layout, rows: read1 } = await read("constructor,toString\na,b\nc,d\n");
  expect(layout.columns).toEqual(["constructor", "toString"]);
  expect(read1).toHaveLength(2);
});

test("a row of empty cells is a row, whatever parts them", async () => {
  for (const delimiter of [",", "\t"]) {
    const parts = (...cells: string[]) => `${cells.join(delimiter)}\n`;
    const { rows: read1 } = await read(`${parts("no", "text")}${parts("", "")}`, {
      score: (columns) => Number(columns.length === 2),
    });
    expect(read1).toMatchObject([{ line: 2, cells: ["", ""] }]);
  }
});

describe("is refused with a sentence:", () => {
  const wide = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`).join(",");
  test.each([
    [
      "only a header",
      "no,text,state\n",
      /cases\.csv has a header and no row below it; expected at least one\./,
    ],
    ["a header known by name, and blank lines", "no,text\n\n  \n", /has a header and no row below it/],
    ["501 columns", `${wide(501)}\n${wide(501)}\n`, /has 501 columns; expected at most 500\./],
    ["a header that never ends", wide(200_000), /columns; expected at most 500\./],
    ["a header of equal names that never ends", "a,".repeat(200_000), /columns; expected at most 500\./],
    ["a column named __proto__", "no,__proto__\n1,a\n2,b\n", /names a column “__proto__”.*rename it/],
    [
      "a long name",
      `no,${"x".repeat(201)}\n1,a\n2,b\n`,
      /whose name has 201 characters, “x+…”; expected at most 200/,
    ],
    ["numbers only", "1,2\n3,4\n5,6\n", /has no header in its first 30 lines.*Its first line is “1,2”\./],
    ["a list of numbers in JSON", "[1, 2]\n", /JSON without an object/],
    ["JSON without an object", "[ ]", /JSON without an object/],
    ["a header line that is not there", "a,b\n1,2\n", /no header in line 9/, { headerLine: 9 }],
  ] as [string, string, RegExp, object?][])("%s", async (_, content, sentence, options = {}) => {
    await expect(read(content, options)).rejects.toThrow(sentence);
  });
});
