import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CaseRecord, emptyCase } from "#analytics/case.ts";
import { CaseLineWriter, encodeCells } from "#app/csv/case-line-writer.ts";
import { csvLines } from "#app/csv/csv-lines.ts";
import type { CellValue } from "#app/tables/table.ts";
import { importRecords } from "#db/imports/import-records.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { lineColumns, readCaseLines } from "#db/queries/case-lines.ts";
import { loadNames } from "#db/queries/names.ts";
import { findOrCreateWorkspace, type Workspace } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";

let database: OpenDatabase;
let workspace: Workspace;
beforeAll(async () => {
  database = await openTestDatabase();
  workspace = await findOrCreateWorkspace(database.db, { name: "csv", timeZone: "America/New_York" });
});
afterAll(() => database.close());

/** The one case that is stored, as a line of CSV with these columns of attributes. */
async function lineOf(record: CaseRecord, attributes: readonly string[]): Promise<string> {
  await importRecords(database, workspace, [record], { name: "one" });
  const { case_id } = await database.db.selectFrom("cases").select("case_id").executeTakeFirstOrThrow();
  const writer = new CaseLineWriter({
    names: await loadNames(database.db, workspace.id),
    timeZone: workspace.time_zone,
    attributes,
    between: () => encodeCells(["=1", null]),
  });
  const wanted = { count: 1, idAt: () => case_id, among: null };
  let text = "";
  for await (const lines of readCaseLines(database, workspace.id, wanted)) text += writer.write(lines);
  return text.replace(case_id, "id");
}

const record: CaseRecord = {
  ...emptyCase("crm", "one"),
  status: "resolved",
  occurred_at: "2026-01-05T17:00:00.000Z",
  resolved_at: "2026-03-08",
  closed_at: "2026-03-08T23:30:00.125Z",
  product: "Cards, =Loans",
  is_public: false,
  handling_minutes: 12,
  remedy_types: ["refund", "apology"],
  title: "\\N",
  narrative: 'Two\nlines, a "quote", a tab\t and a \\ \u{1F600}',
  resolution_note: "－1",
  attributes: { b: "plain", "long name": "a,b", 'tab\t"here"': "back\\slash", none: "" },
};

test("a case has its columns as a file holds them: instants, local days, names, numbers and words", async () => {
  const expected = new Map<string, CellValue>([
    ...Object.entries(record).filter((entry): entry is [string, CellValue] => !Array.isArray(entry[1])),
    ["is_public", "false"],
    ["remedy_types", "refund|apology"],
    ["incidence_day", "2026-01-05"],
    ["outcome_day", "2026-03-08"],
  ]);
  const cells = lineColumns.map(({ name }) => expected.get(name) ?? null);
  const own = ["plain", "a,b", "back\\slash", null];
  expect(await lineOf(record, ["b", "long name", 'tab\t"here"', "of no case"])).toBe(
    csvLines([["id", ...cells, "=1", null, ...own]]),
  );
});

/** What matters to a cell, to a line of COPY or to JSON. */
const nasty = fc
  .array(
    fc.constantFrom(
      ..."'=+-@＝－＠＊\t\r\n\b\v\f\\\",N{}:a1 é".split(""),
      "\u{1F600}",
      "\\N",
      '": "',
      "long ".repeat(9),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const attributesOf = fc.dictionary(nasty, nasty, { maxKeys: 4 });
const texts = lineColumns.filter(({ kind }) => kind === "text");
const aCase = fc.record({
  cells: fc.array(fc.oneof(nasty, fc.constant(null)), { minLength: texts.length, maxLength: texts.length }),
  attributes: attributesOf,
});

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};
const copied = (text: string) => text.replace(/[\\\b\f\n\r\t\v]/g, (character) => escapes[character] ?? "");
const jsonOf = (attributes: Record<string, string>) =>
  `{${Object.entries(attributes)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(", ")}}`;

test("a case is the bytes that the writer of all other files makes of its cells, whatever stands in them", () => {
  fc.assert(
    fc.property(fc.array(aCase, { minLength: 1, maxLength: 4 }), attributesOf, (cases, asked) => {
      const attributes = [...new Set([...Object.keys(asked), ...Object.keys(cases[0]?.attributes ?? {})])];
      const expected: CellValue[][] = [];
      const lines = cases.map(({ cells, attributes: own }) => {
        const left = [...cells];
        const all = lineColumns.map(({ kind }) => (kind === "text" ? (left.shift() ?? null) : null));
        expected.push([
          "id",
          ...all,
          "between",
          ...attributes.map((name) => (Object.hasOwn(own, name) ? (own[name] ?? null) : null)),
        ]);
        const values = all.map((value) => (value === null ? "\\N" : copied(value)));
        return Buffer.from(`${["id", "0", ...values, copied(jsonOf(own))].join("\t")}\n`);
      });
      const starts = lines.map((_, i) => Buffer.concat(lines.slice(0, i)).length);
      const writer = new CaseLineWriter({
        names: { contact_reason: [], product: [], team: [], channel: [], region: [] },
        timeZone: "UTC",
        attributes,
        between: () => encodeCells(["between"]),
      });
      const written = writer.write({ bytes: Buffer.concat(lines), starts, places: starts.map(() => 0) });
      expect(written.toString()).toBe(csvLines(expected));
    }),
    { numRuns: 1_000 },
  );
});
