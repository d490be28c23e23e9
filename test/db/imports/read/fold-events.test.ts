import { readdir, readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EventFolding, foldEvents, foldedColumns } from "#db/imports/read/fold-events.ts";
import { hasSharedData } from "#test/app/imports/sources.ts";
import { sharedFile } from "./shared-files.ts";
import { allRows, read, temporaryDirectory } from "./source-files.ts";

const folding: EventFolding = {
  key: "case",
  time: "at",
  assignee: "team",
  status: "state",
  resolvedWords: ["Resolved", "closed"],
  author: null,
  customerWords: [],
};
const order = (cell: string): number | null => (/^\d+$/.test(cell) ? Number(cell) : null);
const header = "case,at,state,team\n";

async function fold(csv: string, how: Partial<EventFolding> = {}, opening: readonly string[] = []) {
  const { file, layout } = await read(csv);
  const stageIn = await temporaryDirectory();
  const folded = await foldEvents(
    { path: file.path, layout },
    { folding: { ...folding, ...how }, order, opening },
    stageIn,
  );
  const rows = await allRows(folded.path, folded.layout);
  return { ...folded, stageIn, all: rows, found: new Map(rows.map((row) => [row.cells[0], row])) };
}

const inAlphabet = (a: string, b: string) => a.localeCompare(b);

/** What folding adds. */
const added = (cells: readonly string[] | undefined) => cells?.slice(-foldedColumns.length);

describe("an event log", () => {
  test("becomes one row a case: the cells of its last event by time, with that event's line", async () => {
    const folded = await fold(`${header}A,3,open,x\nB,1,new,y\nA,9,closed,z\nA,1,new,x\n`);
    expect(folded).toMatchObject({ rows: 4, cases: 2 });
    expect(folded.layout.columns).toEqual(["case", "at", "state", "team", ...foldedColumns]);
    expect(folded.found.get("A")).toMatchObject({
      line: 4,
      cells: ["A", "9", "closed", "z", "3", "1", "9", "", "1", "0"],
    });
    expect(folded.found.get("B")).toMatchObject({
      line: 3,
      cells: ["B", "1", "new", "y", "1", "1", "", "", "0", "0"],
    });
    expect(await readdir(folded.stageIn)).toHaveLength(1);
  });

  test("ends at the bytes of the folded file, so that a load knows how far it is", async () => {
    const folded = await fold(`${header}A,3,open,x\nB,1,new,y\nC,1,new,\u2028\n`);
    const ends = folded.all.map(({ end }) => end);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(ends.at(-1)).toBe(folded.textBytes);
    expect(folded.found.get("C")?.cells[3]).toBe("\u2028");
  });

  test("of messages has the customer's first words, whoever wrote before and after, and none of another's", async () => {
    const messages = `case,at,state,team,who,text,from
A,1,open,x,admin,Can we help?,agent-7
A,2,open,x,user,,cust-1
A,3,open,x,User,My lamp flickers,cust-1
A,4,closed,x,admin,Thank you,agent-7
B,1,open,x,admin,News for you,agent-7
`;
    const { found } = await fold(messages, { author: "who", customerWords: ["user"] }, ["text", "from"]);
    expect(found.get("A")?.cells.slice(0, 7)).toEqual([
      "A",
      "4",
      "closed",
      "x",
      "admin",
      "My lamp flickers",
      "cust-1",
    ]);
    expect(found.get("B")?.cells.slice(5, 7)).toEqual(["", ""]);
  });

  test("keeps the log's order among events of one time, and of none", async () => {
    const { found } = await fold(
      `${header}A,5,new,x\nA,5,open,y\nA,?,wait,z\nA,5,closed,w\nB,?,new,x\nB,?,open,y\n`,
    );
    expect(found.get("A")?.cells.slice(0, 4)).toEqual(["A", "5", "closed", "w"]);
    expect(found.get("B")?.cells).toEqual(["B", "?", "open", "y", "2", "", "", "", "1", "0"]);
  });

  test.each([
    ["new open Resolved closed", ["3", "", "0"]],
    ["new Resolved open closed", ["4", "3", "1"]],
    ["new RESOLVED open", ["", "3", "1"]],
    ["closed open closed open closed", ["5", "4", "2"]],
    ["closed ? closed", ["1", "", "0"]],
    ["new open", ["", "", "0"]],
  ])("tells when it was resolved for good, and opened again: %s", async (states, expected) => {
    const events = states.split(" ").map((state, i) => `A,${i + 1},${state},x`);
    const cells = added((await fold(`${header}${events.join("\n")}\n`)).found.get("A")?.cells);
    expect([cells?.[2], cells?.[3], cells?.[5]]).toEqual(expected);
  });

  test("counts transfers between known holders only", async () => {
    const holders = ["", "x", "?", "x", "y", "", "x"];
    const events = holders.map((holder, i) => `A,${i},open,${holder}`);
    expect(added((await fold(`${header}${events.join("\n")}\n`)).found.get("A")?.cells)?.[4]).toBe("2");
  });

  test("without times, holders or states counts events only", async () => {
    const { found } = await fold(`${header}A,2,closed,x\nA,1,open,y\n`, {
      time: null,
      assignee: null,
      status: null,
    });
    expect(found.get("A")?.cells).toEqual(["A", "1", "open", "y", "2", "", "", "", "", ""]);
  });

  test("keeps what is no event of a case as a row of its own, with its line", async () => {
    const { all, rows, cases } = await fold(
      `${header}A,1,new,x\n,2,new,x\nA,3,open\nA,"4"5,open,x\nA,6,closed,x\n`,
    );
    expect({ rows, cases }).toEqual({ rows: 5, cases: 4 });
    expect(all.slice(0, 3)).toMatchObject([
      { line: 3, cells: ["", "2", "new", "x"] },
      { line: 4, cells: ["A", "3", "open"] },
      { line: 5, cells: ['A,"4"5,open,x'], problem: { code: "csv_syntax" } },
    ]);
    expect(all[3]?.line).toBe(6);
  });

  test("is refused where a column is missing, or one value has too many events for a case", async () => {
    await expect(fold(`${header}A,1,new,x\n`, { status: "phase" })).rejects.toThrow(
      /no column “phase”.*It has: “case”, “at”, “state”, “team”\.$/,
    );
    await expect(fold(`${header}${"A,1,new,x\n".repeat(10_001)}`)).rejects.toThrow(
      /“A” has more than 10,000 events.*Probably another column/,
    );
  });

  test("gives the same cases in whatever order its events come, where their times tell it", async () => {
    const event = fc.record({
      case: fc.constantFrom("A", "B", "C"),
      state: fc.constantFrom("new", "closed", "?"),
      team: fc.constantFrom("x", "y", ""),
    });
    const log = fc
      .array(event, { minLength: 1, maxLength: 15 })
      .map((events) => events.map((one, i) => `${one.case},${i},${one.state},${one.team}\n`))
      .chain((lines) =>
        fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
      );
    await fc.assert(
      fc.asyncProperty(log, async ([inOrder, shuffled]) => {
        const cells = async (lines: string[]) =>
          (await fold(header + lines.join(""))).all.map((row) => row.cells.join()).toSorted(inAlphabet);
        expect(await cells(shuffled)).toEqual(await cells(inOrder));
      }),
      { numRuns: 25, seed: 5 },
    );
  });
});

describe.skipIf(!hasSharedData)("the incident log of a real help desk (needs ../shared/data)", () => {
  const minute = (cell: string): number | null => {
    const [, day, month, year, hour, minutes] = /^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/.exec(cell) ?? [];
    return year === undefined
      ? null
      : Date.UTC(+year, Number(month) - 1, Number(day), Number(hour), Number(minutes));
  };

  test("folds its 5,998 events into the 890 final states that its publisher counts", async () => {
    const { layout, file } = await read(
      await readFile(sharedFile("uci-incident-log/incident_event_log-5998.csv")),
    );
    const folded = await foldEvents(
      { path: file.path, layout },
      {
        folding: {
          key: "number",
          time: "sys_updated_at",
          assignee: "assigned_to",
          status: "incident_state",
          resolvedWords: ["Resolved", "Closed"],
          author: null,
          customerWords: [],
        },
        order: minute,
        opening: [],
      },
      await temporaryDirectory(),
    );
    expect(folded).toMatchObject({ rows: 5_998, cases: 890 });
    const [finalColumns = [], ...finals]: string[][] = parse(
      await readFile(sharedFile("uci-incident-log/incidents-final-state.csv"), "utf8"),
    );
    expect(folded.layout.columns.slice(0, finalColumns.length)).toEqual(finalColumns);
    const rows = await allRows(folded.path, folded.layout);
    const states = new Map(rows.map(({ cells }) => [cells[0], cells.slice(0, finalColumns.length)]));
    expect(finals.filter((final) => states.get(final[0])?.join("|") !== final.join("|"))).toEqual([]);
    expect(finals).toHaveLength(890);
  });
});
