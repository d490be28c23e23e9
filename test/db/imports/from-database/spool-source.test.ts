import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BadInput } from "#db/imports/bad-input.ts";
import { chatwoot } from "#db/imports/from-database/presets/chatwoot.ts";
import { databasePresets, namedDatabasePreset } from "#db/imports/from-database/presets/database-presets.ts";
import { glpiLike } from "#db/imports/from-database/presets/glpi-like.ts";
import { zammad } from "#db/imports/from-database/presets/zammad.ts";
import { sourceAddress } from "#db/imports/from-database/source-address.ts";
import { findSourceCursor, moveSourceCursor } from "#db/imports/from-database/source-cursors.ts";
import { SourceUnavailable } from "#db/imports/from-database/source-failure.ts";
import { spoolSource } from "#db/imports/from-database/spool-source.ts";
import { importFile } from "#db/imports/import-file.ts";
import { ownMapping } from "#db/imports/own-mapping.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { readCaseRecords } from "#db/queries/case-records.ts";
import { openTestDatabase, temporaryDirectory } from "#test/support/database.ts";
import {
  chatwootTables,
  glpiTables,
  type SourceDatabase,
  sourceDatabase,
  zammadTables,
} from "./source-tables.ts";

const hasServer = process.env.TEST_DATABASE_URL !== undefined; // else there is nothing to read from

describe("an address of another database", () => {
  test("is printed without user and password", () => {
    const { place } = sourceAddress("postgres://ana:hunter2@desk.example:5433/tickets?sslmode=require");
    expect(place).toBe("desk.example:5433/tickets");
    expect(sourceAddress("postgresql:///desk?host=/run/postgresql").place).toBe("/run/postgresql:5432/desk");
  });

  test("of another kind is refused without being repeated", () => {
    for (const text of ["mysql://ana:hunter2@desk/tickets", "ana:hunter2@desk", "", "postgres//hunter2"]) {
      const refused = () => sourceAddress(text);
      expect(refused).toThrow(BadInput);
      expect(refused).not.toThrow("hunter2");
    }
    expect(() => sourceAddress("mysql://x")).toThrow("got mysql:, expected postgres://");
  });

  test("where nobody answers is said to be so, without the password", async () => {
    const directory = await temporaryDirectory();
    const address = sourceAddress("postgres://ana:hunter2@127.0.0.1:1/tickets");
    const failed = spoolSource({ address, query: "select 1", cursor: null }, join(directory.path, "x.csv"));
    await expect(failed).rejects.toThrow(SourceUnavailable);
    await expect(failed).rejects.toThrow("The other database does not answer (127.0.0.1:1/tickets)");
    await directory.remove();
  });
});

test("a preset of a database is asked for by its name", () => {
  for (const preset of databasePresets) expect(namedDatabasePreset(preset.name)).toBe(preset);
  expect(() => namedDatabasePreset("otrs")).toThrow("expected one of zammad, chatwoot, glpi-like");
});

describe.skipIf(!hasServer)("another database", () => {
  let database: OpenDatabase;
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  const sources: SourceDatabase[] = [];
  let spools = 0;
  beforeAll(async () => {
    database = await openTestDatabase();
    directory = await temporaryDirectory();
  });
  afterAll(async () => {
    await database.close();
    await directory.remove();
    for (const { drop } of sources) await drop();
  });

  async function source(tables: string): Promise<SourceDatabase> {
    const made = await sourceDatabase(tables);
    sources.push(made);
    return made;
  }

  /** Reads it as the command line does; gives what was read and the file. */
  async function spool(url: string, query: string, cursor: string | null = null) {
    const path = join(directory.path, `${spools++}.csv`);
    const spooled = await spoolSource({ address: sourceAddress(url), query, cursor }, path);
    return { ...spooled, path };
  }

  async function load(url: string, workspace: string, query: string, cursor: string | null = null) {
    const spooled = await spool(url, query, cursor);
    const mapping = ownMapping(spooled.columns, "zammad");
    const { counts, workspaceId } = await importFile(database, {
      path: spooled.path,
      workspace,
      wish: { mappingOf: async () => mapping },
    });
    const stored = await database.db
      .selectFrom("cases")
      .select("case_id")
      .where("workspace_id", "=", workspaceId)
      .execute();
    const ids = stored.map((row) => row.case_id);
    const records = [];
    for await (const { record } of readCaseRecords(database.db, { id: workspaceId, timeZone: "UTC" }, ids))
      records.push(record);
    return { counts, records, cursor: spooled.cursor, rows: spooled.rows };
  }

  test("of Zammad becomes cases; the second load reads only what changed since", async () => {
    const { url, change } = await source(zammadTables);
    const first = await load(url, "zammad", zammad.query);
    expect(first.counts).toMatchObject({ new: 2, rejected: 0, open: 1 });
    expect(first.records.find(({ source_case_id }) => source_case_id === "61001")).toMatchObject({
      source_system: "zammad",
      status: "resolved",
      received_at: "2026-03-02T08:00:00.000Z",
      first_response_at: "2026-03-02T09:00:00.000Z",
      resolved_at: "2026-03-03T10:00:00.000Z",
      narrative: "The sofa is torn & dirty.\nWhat now?",
      resolution_note: "A new one is on its way.",
      team: "Delivery",
      channel: "email",
      severity: "high",
      customer_ref: "3",
      handled_by_ref: "2",
      outcome: null,
      attributes: { State: "done", Priority: "3 high" },
    });
    expect(first.records.find(({ source_case_id }) => source_case_id === "61002")).toMatchObject({
      title: "=Lamp flickers",
      narrative: 'It flickers, "all" day;\nevery day.',
      handled_by_ref: null,
      resolution_note: null,
    });
    expect(first.cursor).toBe("2026-03-04T08:00:00.000Z");
    await change("update tickets set title = 'Lamp is dark', updated_at = '2026-03-05 08:00' where id = 2");
    await change("update tickets set title = 'unseen: its updated_at stayed' where id = 1");
    const second = await load(url, "zammad", zammad.query, first.cursor);
    expect([second.rows, second.counts.updated, second.cursor]).toEqual([1, 1, "2026-03-05T08:00:00.000Z"]);
    const third = await load(url, "zammad", zammad.query, second.cursor);
    expect([third.rows, third.counts.unchanged]).toEqual([1, 1]);
  });

  test("of Chatwoot becomes cases, with reopenings and what the customer thought", async () => {
    const { url, change } = await source(chatwootTables);
    const { records, cursor } = await load(url, "chatwoot", chatwoot.query);
    expect(records.find(({ source_case_id }) => source_case_id === "7/31")).toMatchObject({
      status: "resolved",
      title: "Chair",
      narrative: "My chair has three legs.\nStill three.",
      resolution_note: "Sorry! A fourth is on its way.",
      resolved_at: "2026-04-02T12:00:00.000Z",
      reopen_count: 1,
      csat_score: 2,
      severity: "critical",
      channel: "WebWidget",
      team: "north",
      attributes: { Inbox: "Shop page", Labels: "delivery, broken" },
    });
    expect(records.find(({ source_case_id }) => source_case_id === "7/32")).toMatchObject({
      status: "open",
      reopen_count: null,
      csat_score: null,
    });
    await change("update csat_survey_responses set rating = 5, updated_at = '2026-05-01 10:00'");
    const second = await load(url, "chatwoot", chatwoot.query, cursor);
    expect(second.counts).toMatchObject({ updated: 1, rejected: 0 });
  });

  test("of GLPI's shape becomes cases, without those that were thrown away", async () => {
    const { url } = await source(glpiTables);
    const { records, counts } = await load(url, "glpi", glpiLike.query);
    expect(counts).toMatchObject({ new: 2, rejected: 0 });
    expect(records.find(({ source_case_id }) => source_case_id === "11")).toMatchObject({
      received_at: "2026-05-01T08:00:00.000Z",
      acknowledged_at: "2026-05-01T08:10:00.000Z",
      resolved_at: "2026-05-02T08:00:00.000Z",
      closed_at: "2026-05-03T08:00:00.000Z",
      narrative: "It jams & beeps.",
      resolution_note: "Roller replaced",
      contact_reason: "Hardware > Printers",
      severity: "critical",
      customer_ref: "5",
      handled_by_ref: "8",
      responder_count: 2,
      reopen_count: 1,
      attributes: { Type: "Incident" },
    });
  });

  test("can't be changed by a query, however it is written", async () => {
    const { url, change } = await source(
      "create table t (a int, updated_at timestamptz default '2026-01-01'); insert into t values (1);" +
        "create function grow() returns int language sql as 'insert into t values (2) returning a'",
    );
    const writes = [
      "insert into t values (3) returning a, updated_at",
      "with more as (insert into t values (3) returning *) select * from more",
      "select grow() as a, now() as updated_at",
      "select a, updated_at from t; commit; delete from t",
      "select 1 as a, now() as updated_at); delete from t; --",
    ];
    for (const query of writes)
      expect([query, await spool(url, query).catch((e: unknown) => e)]).toEqual([
        query,
        expect.any(BadInput),
      ]);
    const { rows, path } = await spool(url, "select a, updated_at from t -- all of it");
    expect(rows).toBe(1);
    expect(await readFile(path, "utf8")).toBe('"a"\n"1"\n');
    await change("drop table t");
    await expect(spool(url, "select a, updated_at from t")).rejects.toThrow('relation "t" does not exist');
  });

  test("is read whole by a query of more rows than one piece has, which may use the cursor", async () => {
    const { url } = await source(
      "create table t as select i, timestamptz '2026-01-01' + i * interval '1 h' as updated_at from generate_series(1, 1001) i",
    );
    const query = "select i, updated_at from t where $1::timestamptz is null or updated_at >= $1 ;\n";
    const all = await spool(url, query);
    expect([all.rows, all.columns]).toEqual([1001, ["i"]]);
    const lines = (await readFile(all.path, "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(1002);
    expect((await spool(url, query, all.cursor)).rows).toBe(1);
    expect((await spool(url, query, "2027-01-01T00:00:00.000Z")).cursor).toBe("2027-01-01T00:00:00.000Z");
  });

  test("must say when a row changed, as an instant", async () => {
    const { url } = await source("select 1");
    await expect(spool(url, "select 1 as a")).rejects.toThrow("The query gives no column named “updated_at”");
    await expect(spool(url, "select 1 as a, now()::timestamp as updated_at")).rejects.toThrow(
      "at time zone 'UTC'",
    );
  });

  test("is asked again for what changed in the last minutes: an open transaction may still bring more", async () => {
    const { url } = await source("select 1");
    const fresh = await spool(
      url,
      "select 1 as a, now() as updated_at union all select 2, timestamptz '2999-01-01' union all select 3, 'infinity'",
    );
    const minutes = (Date.now() - Date.parse(fresh.cursor ?? "")) / 60_000;
    expect(minutes).toBeGreaterThan(4.5);
    expect(minutes).toBeLessThan(6);
    await rm(fresh.path);
  });

  test("has its cursor kept per workspace and source, which never goes back", async () => {
    const move = (name: string, cursor: string) =>
      moveSourceCursor(database.db, 71, { source: name, cursor });
    await move("a", "2026-01-02T00:00:00.000Z");
    await move("a", "2026-01-01T00:00:00.000Z");
    await move("b", "2026-01-01T00:00:00.000Z");
    expect(await findSourceCursor(database.db, 71, "a")).toBe("2026-01-02T00:00:00.000Z");
    expect(await findSourceCursor(database.db, 71, "b")).toBe("2026-01-01T00:00:00.000Z");
    expect(await findSourceCursor(database.db, 72, "a")).toBeNull();
  });
});
