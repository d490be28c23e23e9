import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  apologyVisibilities,
  type CaseRecord,
  countFields,
  findings,
  nameFields,
  outcomes,
  partedByValues,
  remedyTypes,
  severities,
  textFields,
  timeFields,
} from "#analytics/case.ts";
import { validateCase } from "#db/imports/map/validate-case.ts";
import { caseColumns, textColumns } from "#db/imports/store/copy-lines.ts";
import { joinLines, pickLines } from "#db/imports/store/copy-rows.ts";
import { listRejectedRows } from "#db/imports/store/queries.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { readCaseRecords } from "#db/queries/case-records.ts";
import { findWorkspaceById } from "#db/workspaces.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { caseOf, countRows, load, narratives, newWorkspace } from "./small-imports.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe("the lines of COPY", () => {
  test.each([
    ["cases", caseColumns],
    ["case_texts", textColumns],
  ] as const)("name every column of %s", async (table, columns) => {
    const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${table}`.execute(database.db);
    expect([...columns].sort()).toEqual(rows.map((row) => row.name).sort());
  });

  test("are picked whole, also where a character takes several bytes", () => {
    const lines = joinLines(["a\n", "ü€🙂\n", "\n", "d\n"]);
    const text = (indexes: number[]) => new TextDecoder().decode(pickLines(lines, indexes, 4));
    expect(text([1, 3])).toBe("ü€🙂\nd\n");
    expect(text([0, 2])).toBe("a\n\n");
    expect(text([0, 1, 2, 3])).toBe("a\nü€🙂\n\nd\n");
    expect(text([])).toBe("");
  });
});

describe("any case", () => {
  const oddTexts = [
    "",
    "\\",
    "\\N",
    "\\.",
    "\t",
    "a\r\nb\n",
    "\\t\\",
    "{}",
    "NULL",
    '"',
    "'",
    "\u2028",
    "ü🙂",
  ];
  const text = fc.oneof(
    fc.constantFrom(...oddTexts),
    fc.string({ unit: "binary", maxLength: 40 }).map((odd) => odd.replaceAll("\0", "")),
    fc.array(fc.constantFrom(...oddTexts), { maxLength: 5 }).map((parts) => parts.join("")),
  );
  // Nothing that JSON escapes: where a key ends in a backslash, Node may read other keys wrong (nodejs/node#63785).
  const attributeName = text.map((name) => name.replaceAll(/[\\"\p{Cc}]/gu, "-"));
  const instant = fc
    .date({ min: new Date("1971-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString());
  const moment = fc.oneof(
    instant,
    instant.map((whole) => whole.slice(0, 10)),
  );
  const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const allOf = <T>(fields: readonly string[], value: fc.Arbitrary<T>) =>
    fc.record(Object.fromEntries(fields.map((field) => [field, value])));
  const anyRecord: fc.Arbitrary<CaseRecord> = fc
    .tuple(
      allOf(timeFields, orNull(moment)),
      allOf(textFields, orNull(text)),
      allOf(nameFields, orNull(text)),
      allOf(countFields, orNull(fc.nat())),
      allOf(["customer_ref", "handled_by_ref", "concerned_agent_ref"], orNull(text)),
      fc.record({
        source_system: text,
        severity: orNull(fc.constantFrom(...severities)),
        is_public: orNull(fc.boolean()),
        remedy_types: orNull(fc.array(fc.constantFrom(...remedyTypes))),
        apology_visibility: orNull(fc.constantFrom(...apologyVisibilities)),
        compensation_minor: orNull(fc.maxSafeNat()),
        outcome: orNull(fc.constantFrom(...outcomes)),
        parted_by: orNull(fc.constantFrom(...partedByValues)),
        finding: orNull(fc.constantFrom(...findings)),
        csat_score: orNull(fc.integer({ min: 1, max: 5 })),
        retained: orNull(fc.boolean()),
        attributes: fc
          .array(fc.tuple(attributeName, text), { maxLength: 4 })
          .map((pairs) => Object.fromEntries(pairs)),
      }),
    )
    .map((parts) => {
      const record: CaseRecord = Object.assign(caseOf("", {}), ...parts);
      record.source_system ||= "desk";
      record.received_at ??= "2026-03-29";
      record.compensation_currency = record.compensation_minor === null ? null : "EUR";
      return record;
    });

  test("comes back as the record that it was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 30 }), async (records) => {
        const workspace = await newWorkspace(database, "America/New_York");
        const valid = records
          .map((record, i) => ({ ...record, source_case_id: `${record.title ?? ""}${i}` }))
          .filter((record) => validateCase(record) === null);
        const { counts } = await load(database, workspace, valid);
        expect(counts).toMatchObject({ new: valid.length, rejected: 0 });
        const ids = await database.db
          .selectFrom("cases")
          .select("case_id")
          .where("workspace_id", "=", workspace.id)
          .execute();
        const stored = readCaseRecords(
          database.db,
          { id: workspace.id, timeZone: workspace.time_zone },
          ids.map((row) => row.case_id),
        );
        const back: CaseRecord[] = [];
        for await (const { record } of stored) back.push(record);
        expect(sorted(back)).toEqual(sorted(valid));
      }),
      { numRuns: 40 },
    );
  });

  test("again is unchanged, and no value is put below another", async () => {
    const workspace = await newWorkspace(database);
    const records = fc.sample(anyRecord, 50).map((record, i) => ({ ...record, source_case_id: String(i) }));
    const first = await load(database, workspace, records);
    const again = await load(database, workspace, records);
    expect(again.counts).toMatchObject({ new: 0, updated: 0, unchanged: first.counts.new });
    expect(await countRows(database, workspace, "case_versions")).toBe(0);
  });
});

function sorted(records: readonly CaseRecord[]): CaseRecord[] {
  return [...records].sort((a, b) => (a.source_case_id < b.source_case_id ? -1 : 1));
}

describe("a batch", () => {
  test("that changes cases puts their earlier values below the new ones, once an import", async () => {
    const workspace = await newWorkspace(database);
    const first = await load(database, workspace, [
      caseOf("1", { narrative: "old", contact_reason: "Fees", remedy_types: ["refund"] }),
      caseOf("2"),
    ]);
    const second = await load(database, workspace, [caseOf("1", { narrative: "new" })], { end: "paused" });
    await load(database, workspace, [caseOf("1", { narrative: "newest" })], { goOn: second.importId });
    const versions = await database.db
      .selectFrom("case_versions")
      .selectAll()
      .where("workspace_id", "=", workspace.id)
      .execute();
    expect(versions).toMatchObject([
      {
        replaced_by: second.importId,
        import_id: first.importId,
        case_row: { source_case_id: "1", remedy_types: ["refund"], contact_reason_id: 1 },
        text_row: { narrative: "old" },
      },
    ]);
    expect(await narratives(database, workspace)).toEqual({ 1: "newest", 2: null });
  });

  test("of an import that went on after another keeps one value an import in a stack", async () => {
    const workspace = await newWorkspace(database);
    const first = await load(database, workspace, [caseOf("1", { narrative: "first" })]);
    const slow = await load(database, workspace, [caseOf("1", { narrative: "slow" })], { end: "paused" });
    const quick = await load(database, workspace, [caseOf("1", { narrative: "quick" })]);
    await load(database, workspace, [caseOf("1", { narrative: "slow again" })], { goOn: slow.importId });
    const versions = await database.db
      .selectFrom("case_versions")
      .select(["replaced_by", "import_id"])
      .where("workspace_id", "=", workspace.id)
      .orderBy("import_id")
      .execute();
    expect(versions).toEqual([
      { import_id: first.importId, replaced_by: quick.importId },
      { import_id: quick.importId, replaced_by: slow.importId },
    ]);
    expect(await narratives(database, workspace)).toEqual({ 1: "slow again" });
  });

  test("in which a case comes twice counts two loads and keeps the last", async () => {
    const workspace = await newWorkspace(database);
    await load(database, workspace, [caseOf("1", { narrative: "a" })]);
    const { counts } = await load(database, workspace, [
      caseOf("1", { narrative: "b" }),
      caseOf("2", { narrative: "c" }),
      caseOf("1", { narrative: "a" }),
      caseOf("2", { narrative: "d" }),
    ]);
    expect(counts).toMatchObject({ new: 1, updated: 3, unchanged: 0 });
    expect(await narratives(database, workspace)).toEqual({ 1: "a", 2: "d" });
    // Also of the case that ended as it was: it would depend on where a batch ends, else.
    expect(await countRows(database, workspace, "case_versions")).toBe(1);
  });

  test("keeps what it rejects, and raises the data's version only where a case changes", async () => {
    const workspace = await newWorkspace(database);
    const bad = caseOf("2", { received_at: "29.3.2026" });
    const { importId, counts } = await load(database, workspace, [caseOf("1"), bad]);
    expect(counts).toMatchObject({ new: 1, rejected: 1 });
    const keys = { workspace_id: workspace.id, import_id: importId };
    const [rejected] = await listRejectedRows(database.db, keys, { limit: 10 });
    expect(rejected).toMatchObject({ line: 2, code: "not_a_date", value: "29.3.2026" });
    const version = (await findWorkspaceById(database.db, workspace.id))?.data_version;
    await load(database, workspace, [caseOf("1"), bad]);
    expect((await findWorkspaceById(database.db, workspace.id))?.data_version).toBe(version);
  });

  test("that the database refuses leaves nothing, and the connection usable", async () => {
    const workspace = await newWorkspace(database);
    await sql`alter table cases add constraint no_bad_case check (source_case_id <> 'bad')`.execute(
      database.db,
    );
    const loading = load(database, workspace, [caseOf("1"), caseOf("bad")]);
    await expect(loading).rejects.toThrow(/no_bad_case/);
    await sql`alter table cases drop constraint no_bad_case`.execute(database.db);
    expect(await narratives(database, workspace)).toEqual({});
    expect((await load(database, workspace, [caseOf("1"), caseOf("bad")])).counts.new).toBe(2);
  });
});
