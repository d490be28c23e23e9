import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseRecord, emptyCase } from "#analytics/case.ts";
import { importFile } from "#db/imports/import-file.ts";
import { importRecords } from "#db/imports/import-records.ts";
import { findImport, listImports, listRejectedRows, sourceLimits } from "#db/imports/store/queries.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findOrCreateWorkspace, findWorkspace } from "#db/workspaces.ts";
import { cfpbCsv, complaint, temporaryFile } from "#test/app/imports/sources.ts";
import { openTestDatabase } from "#test/support/database.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

let made = 0;
const newName = () => `workspace ${++made}`;

async function load(workspace: string, rows: string[][]) {
  const path = await temporaryFile(cfpbCsv(rows));
  return importFile(database, { path, workspace, rejectedAccepted: true });
}

async function storedCases(workspaceId: number) {
  return database.db
    .selectFrom("cases as c")
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .selectAll("c")
    .select(["t.narrative", "t.attributes"])
    .where("c.workspace_id", "=", workspaceId)
    .orderBy("c.source_case_id")
    .execute();
}

describe("loading a file", () => {
  test("stores each case with its times, days, names and texts", async () => {
    const workspace = newName();
    const path = await temporaryFile(cfpbCsv([complaint(1), complaint(2, { State: "TX" })]));
    const { workspaceId } = await importFile(database, { path, workspace, timeZone: "America/New_York" });
    const [first, second] = await storedCases(workspaceId);
    expect(first).toMatchObject({
      source_system: "cfpb",
      source_case_id: "1",
      received_at: "2019-03-29T04:00:00.000Z",
      date_only_fields: 4,
      incidence_day: "2019-03-29",
      outcome_day: "2019-03-29",
      resolved_at: null,
      remedy_types: ["explanation"],
      contact_reason_id: 1,
      region_id: 1,
      narrative: "I was charged twice, complaint 1.",
      attributes: { Company: "Example Bank" },
    });
    expect(second).toMatchObject({ contact_reason_id: 1, region_id: 2 });
  });

  test("again changes nothing, and raises no version", async () => {
    const workspace = newName();
    const rows = [complaint(1), complaint(2, { "Company response to consumer": "In progress" })];
    expect((await load(workspace, rows)).counts).toMatchObject({ new: 2, updated: 0, unchanged: 0, open: 1 });
    const version = (await findWorkspace(database.db, workspace))?.data_version;
    expect((await load(workspace, rows)).counts).toMatchObject({ new: 0, updated: 0, unchanged: 2, open: 1 });
    expect((await findWorkspace(database.db, workspace))?.data_version).toBe(version);
  });

  test("with a changed row updates that case, and raises the version", async () => {
    const workspace = newName();
    await load(workspace, [complaint(1), complaint(2, { "Company response to consumer": "In progress" })]);
    const version = (await findWorkspace(database.db, workspace))?.data_version ?? 0;
    const { workspaceId, importId, counts } = await load(workspace, [
      complaint(1),
      complaint(2, { State: "TX" }),
    ]);
    expect(counts).toMatchObject({ new: 0, updated: 1, unchanged: 1, open: 0 });
    expect((await findWorkspace(database.db, workspace))?.data_version).toBeGreaterThan(version);
    const [, second] = await storedCases(workspaceId);
    expect(second).toMatchObject({
      status: "resolved",
      region_id: 2,
      outcome_day: "2019-03-29",
      import_id: importId,
    });
  });

  test("in which a case comes twice counts it as two loads would, and keeps the last", async () => {
    const workspace = newName();
    const rows = [
      complaint(1),
      complaint(2),
      complaint(1),
      complaint(2, { State: "TX" }),
      complaint(2, { State: "CA" }),
    ];
    const { workspaceId, counts } = await load(workspace, rows);
    expect(counts).toMatchObject({ new: 2, updated: 2, unchanged: 1 });
    const [, second] = await storedCases(workspaceId);
    const { name } = await database.db
      .selectFrom("names")
      .select("name")
      .where("workspace_id", "=", workspaceId)
      .where("field", "=", "region")
      .where("id", "=", second?.region_id ?? 0)
      .executeTakeFirstOrThrow();
    expect(name).toBe("CA");
  });

  test("in which a case comes twice in two transactions counts the same", async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => complaint(index));
    const { counts } = await load(newName(), [...many, complaint(7, { State: "TX" }), complaint(8)]);
    expect(counts).toMatchObject({ new: 2_500, updated: 1, unchanged: 1 });
  });

  test("gives names dense ids from 1, over several loads", async () => {
    const workspace = newName();
    await load(
      workspace,
      ["TX", "CA"].map((State, index) => complaint(index, { State })),
    );
    const { workspaceId } = await load(
      workspace,
      ["WA", "CA", "NV"].map((State, index) => complaint(index, { State })),
    );
    const names = await database.db
      .selectFrom("names")
      .select(["id", "name"])
      .where("workspace_id", "=", workspaceId)
      .where("field", "=", "region")
      .orderBy("id")
      .execute();
    expect(names).toEqual(["TX", "CA", "WA", "NV"].map((name, index) => ({ id: index + 1, name })));
  });

  test("refuses a preset that does not exist, and stores nothing", async () => {
    const workspace = newName();
    const path = await temporaryFile(cfpbCsv([complaint(1)]));
    const wish = { preset: "zendesc" };
    await expect(importFile(database, { path, workspace, wish })).rejects.toThrow(/no preset “zendesc”/);
    const { id } = await findOrCreateWorkspace(database.db, { name: workspace, timeZone: "UTC" });
    expect(await listImports(database.db, id)).toEqual([]);
  });
});

test("a log of messages becomes cases with the customer's own words, and without those of others", async () => {
  const header =
    "message_id,message_body,message_type,message_created_at,message_author_type,message_author_id,conversation_id,conversation_state,conversation_created_at";
  const at = "2017-11-14 21:45";
  const messages = [
    `m1,Can we help?,inapp,${at}:01,admin,agent-7,c1,closed,${at}:01`,
    `m2,My lamp flickers,inapp,${at}:02,user,customer-1,c1,closed,${at}:01`,
    `m3,Thank you and bye,inapp,${at}:03,admin,agent-7,c1,closed,${at}:01`,
    `m4,News of the week,inapp,${at}:04,admin,agent-7,c2,closed,${at}:04`,
  ];
  const path = await temporaryFile([header, ...messages].join("\n"));
  const { workspaceId, counts } = await importFile(database, { path, workspace: newName() });
  expect(counts).toMatchObject({ new: 2, folded: 2, rejected: 0 });
  const [answered, outbound] = await storedCases(workspaceId);
  expect(answered).toMatchObject({
    source_case_id: "c1",
    narrative: "My lamp flickers",
    customer_ref: "customer-1",
  });
  expect(outbound).toMatchObject({ source_case_id: "c2", narrative: null, customer_ref: null });
});

describe("a bad row", () => {
  const rows = [
    complaint(1),
    complaint(2, { "Date received": "soon" }),
    complaint(3, { "Consumer complaint narrative": "with \0 in it" }),
    [...complaint(4), "more"],
    complaint(5),
  ];

  test("is kept with line, column, value and reason, while the others load", async () => {
    const { workspaceId, importId, counts } = await load(newName(), rows);
    expect(counts).toMatchObject({ new: 2, rejected: 3 });
    const of = { workspace_id: workspaceId, import_id: importId };
    const rejected = await listRejectedRows(database.db, of, { limit: 10 });
    expect(rejected).toMatchObject([
      { line: 3, column_name: "Date received", value: "soon", code: "not_a_date" },
      { line: 4, column_name: "Consumer complaint narrative", value: "with ␀ in it", code: "nul_character" },
      { line: 5, column_name: null, value: null, code: "row_width" },
    ]);
    expect(rejected[0]?.reason).toMatch(/“soon” is not a date; expected a date such as 2026-03-29/);
    expect(rejected[2]?.cells).toEqual([...complaint(4), "more"]);
  });

  test("is found by page and by stream", async () => {
    const { workspaceId, importId } = await load(newName(), rows);
    const of = { workspace_id: workspaceId, import_id: importId };
    const page = await listRejectedRows(database.db, of, { afterRow: 2, limit: 1 });
    expect(page.map(({ line }) => line)).toEqual([4]);
    const rest = await listRejectedRows(database.db, of, { limit: 10 });
    expect(rest.map(({ line }) => line)).toEqual([3, 4, 5]);
  });
});

describe("an import's record", () => {
  test("says what was loaded, how much of each field there is, and how it ended", async () => {
    const workspace = newName();
    const { workspaceId, importId } = await load(workspace, [complaint(1), complaint(2, { State: "" })]);
    expect(await findImport(database.db, workspaceId, importId)).toMatchObject({
      file_name: "cases.csv",
      preset: "cfpb",
      state: "finished",
      cursor_row: 2,
      new_rows: 2,
      coverage: { received_at: 2, region: 1, team: 0 },
      failure: null,
      finished_at: expect.any(String),
    });
    await load(workspace, [complaint(3)]);
    expect((await listImports(database.db, workspaceId)).map((row) => row.import_id)).toEqual([2, 1]);
  });

  test("tells the pages that months of an extract may not be compared", async () => {
    const { workspaceId } = await load(newName(), [complaint(1)]);
    const limits = await sourceLimits(database.db, workspaceId);
    expect(limits).toMatchObject({ volumeIsArtefact: true, outcomesArePartial: true });
    expect(limits.notes.join(" ")).toMatch(/no resolution date.*no rise or fall/s);
  });

  test("ends as failed with a sentence when the database refuses, and the same file then goes on", async () => {
    const workspace = newName();
    const path = await temporaryFile(cfpbCsv(Array.from({ length: 3_000 }, (_, index) => complaint(index))));
    const { id } = await findOrCreateWorkspace(database.db, { name: workspace, timeZone: "UTC" });
    await sql`alter table cases add constraint broken check (source_case_id <> '2500')`.execute(database.db);
    await expect(importFile(database, { path, workspace, rowsPerTransaction: 1_000 })).rejects.toThrow(
      /broken/,
    );
    await sql`alter table cases drop constraint broken`.execute(database.db);
    expect(await findImport(database.db, id, 1)).toMatchObject({ state: "failed", cursor_row: 2_000 });
    const { counts, importId, resumedAfter } = await importFile(database, {
      path,
      workspace,
      rowsPerTransaction: 1_000,
    });
    expect({ importId, resumedAfter, ...counts }).toMatchObject({
      importId: 1,
      resumedAfter: 2_000,
      new: 3_000,
    });
  });
});

test("two imports into one workspace at once wait for each other", async () => {
  const workspace = newName();
  const states = ["TX", "CA", "WA", "NV", "OR"];
  const half = (from: number) =>
    Array.from({ length: 2_500 }, (_, index) =>
      complaint(from + index, { State: states[(from + index) % 5] ?? "" }),
    );
  const results = await Promise.all([load(workspace, half(0)), load(workspace, half(1_250))]);
  const counts = results.map((result) => result.counts);
  expect(counts.reduce((sum, { new: fresh }) => sum + fresh, 0)).toBe(3_750);
  expect(counts.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(1_250);
  expect(results.map(({ importId }) => importId).toSorted((a, b) => a - b)).toEqual([1, 2]);
  expect(await storedCases(results[0]?.workspaceId ?? 0)).toHaveLength(3_750);
});

function record(id: number, fields: Partial<CaseRecord> = {}): CaseRecord {
  return { ...emptyCase("helpdesk", String(id)), received_at: "2026-03-29T10:00:00.000Z", ...fields };
}

describe("records without a file", () => {
  test("are stored like those of a file, and the same ones again change nothing", async () => {
    const workspace = await findOrCreateWorkspace(database.db, {
      name: newName(),
      timeZone: "Europe/Berlin",
    });
    const records = [
      record(1, { compensation_minor: 1250, compensation_currency: "EUR" }),
      record(2, { csat_score: 9 }),
    ];
    const first = await importRecords(database, workspace, records, { name: "The simulated company" });
    expect(first.counts).toMatchObject({ new: 1, rejected: 1 });
    const again = await importRecords(database, workspace, records, { name: "The simulated company" });
    expect(again.counts).toMatchObject({ new: 0, unchanged: 1, rejected: 1 });
    expect(await storedCases(workspace.id)).toMatchObject([
      { compensation_minor: 1250, incidence_day: "2026-03-29" },
    ]);
    const of = { workspace_id: workspace.id, import_id: first.importId };
    expect(await listRejectedRows(database.db, of, { limit: 5 })).toMatchObject([
      { line: 2, column_name: "csat_score" },
    ]);
  });

  test("with half of a character are rejected: no database can keep them as they are", async () => {
    const workspace = await findOrCreateWorkspace(database.db, { name: newName(), timeZone: "UTC" });
    const cut = [record(1, { narrative: "cut \ud83d" })];
    const { counts, importId } = await importRecords(database, workspace, cut, { name: "Cut" });
    expect(counts).toMatchObject({ new: 0, rejected: 1 });
    const of = { workspace_id: workspace.id, import_id: importId };
    expect(await listRejectedRows(database.db, of, { limit: 5 })).toMatchObject([
      { column_name: "narrative", code: "lone_surrogate" },
    ]);
  });
});
