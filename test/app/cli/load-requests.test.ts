import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DataHere } from "#app/cli/data-here.ts";
import { databaseSource, readDatabase } from "#app/cli/import-database.ts";
import { type LoadWishes, loadWishes } from "#app/cli/import-options.ts";
import { UsageError } from "#app/cli/usage-error.ts";
import { fileImport } from "#app/server/command-line/load-here.ts";
import type { LoadRequest } from "#app/server/command-line/messages.ts";
import { BadInput, NoInputFile } from "#db/imports/bad-input.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import { saveMapping } from "#db/imports/store/saved-mappings.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findOrCreateWorkspace } from "#db/workspaces.ts";
import { sourceDatabase, zammadTables } from "#test/db/imports/from-database/source-tables.ts";
import { openTestDatabase, temporaryDirectory } from "#test/support/database.ts";

const hasServer = process.env.TEST_DATABASE_URL !== undefined; // else there is no other database to read

let database: OpenDatabase;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  database = await openTestDatabase();
  directory = await temporaryDirectory();
}, 120_000);
afterAll(async () => {
  await database.close();
  await directory.remove();
});

const mapping: Mapping = {
  preset: "generic",
  rules: [
    { field: "source_system", as: "constant", value: "desk" },
    { field: "source_case_id", column: "id", as: "text" },
    { field: "received_at", column: "opened", as: "time", order: "ymd", midnight: "instant", timeZone: null },
    { field: "title", column: "subject", as: "text" },
    { field: "status", as: "constant", value: "resolved" },
  ],
  dropped: [],
  nulls: [],
  events: null,
  dialect: "plain",
};

const wishes: LoadWishes = {
  workspace: "real",
  timeZone: null,
  preset: null,
  mapping: null,
  encoding: null,
  delimiter: null,
  dateOrder: null,
  rejectedAccepted: false,
};
const request: LoadRequest = { ...wishes, name: "a.csv", kind: "file", cursor: null };

describe("options of a load", () => {
  test("are refused with what was expected where they are none", async () => {
    await expect(loadWishes({ values: { dates: "ymd" } })).rejects.toThrow(
      "expected dmy (the day first) or mdy",
    );
    await expect(loadWishes({ values: { delimiter: "xx" } })).rejects.toThrow(UsageError);
    await expect(loadWishes({ values: { mapping: "absent.json" } })).rejects.toThrow(NoInputFile);
    await writeFile(join(directory.path, "bad.json"), '{"preset": 1}');
    await expect(loadWishes({ values: { mapping: join(directory.path, "bad.json") } })).rejects.toThrow(
      "This is no mapping",
    );
  });

  test("take delimiters by name, and mappings from files", async () => {
    await writeFile(join(directory.path, "desk.json"), JSON.stringify(mapping));
    const values = { delimiter: "tab", mapping: join(directory.path, "desk.json") };
    expect(await loadWishes({ values })).toMatchObject({ delimiter: "\t", mapping });
    expect(await loadWishes({ values: { mapping: "our desk" } })).toMatchObject({ mapping: "our desk" });
  });
});

describe("a request to load", () => {
  const file = { path: "a.csv", stageIn: "" };

  test("is refused where the workspace does not fit it", async () => {
    await findOrCreateWorkspace(database.db, { name: "berlin", timeZone: "Europe/Berlin" });
    await findOrCreateWorkspace(database.db, { name: "made up", timeZone: "UTC", simulated: true });
    const asked = (rest: Partial<LoadRequest>) => fileImport(database.db, file, { ...request, ...rest });
    await expect(asked({ workspace: "made up" })).rejects.toThrow("is simulated");
    await expect(asked({ workspace: "berlin", timeZone: "Asia/Tokyo" })).rejects.toThrow(
      "has its days in Europe/Berlin already",
    );
    await expect(asked({ workspace: "berlin", mapping: "ours" })).rejects.toThrow(BadInput);
    expect((await asked({ workspace: "berlin", timeZone: "Europe/Berlin" })).timeZone).toBe("Europe/Berlin");
  });

  test("goes by the mapping or the words that it came with, before what the workspace remembers", async () => {
    const { id } = await findOrCreateWorkspace(database.db, { name: "berlin", timeZone: "Europe/Berlin" });
    await saveMapping(database.db, id, { name: "desk", mapping });
    const saved = await fileImport(database.db, file, { ...request, workspace: "berlin", mapping: "desk" });
    expect(await saved.wish?.mappingOf?.([])).toEqual(mapping);
    const said = await fileImport(database.db, file, { ...request, dateOrder: "dmy" });
    expect(said.wish).toHaveProperty("mappingOf", undefined);
    expect((await fileImport(database.db, file, request)).wish).not.toHaveProperty("mappingOf");
  });
});

describe("another database", () => {
  test("needs a preset or a query, and not both", async () => {
    const from = "postgres://desk/tickets";
    await expect(databaseSource(from, wishes, null)).rejects.toThrow(UsageError);
    await expect(databaseSource(from, { ...wishes, preset: "zammad" }, "q.sql")).rejects.toThrow(UsageError);
    await expect(databaseSource(from, wishes, "absent.sql")).rejects.toThrow(NoInputFile);
    await expect(databaseSource(from, { ...wishes, preset: "cfpb" }, null)).rejects.toThrow(
      "expected one of zammad",
    );
    const known = await databaseSource(
      "postgres://ana:hunter2@desk/tickets",
      { ...wishes, preset: "zammad" },
      null,
    );
    expect([known.name, known.source]).toEqual([
      "zammad at desk:5432/tickets",
      "zammad at desk:5432/tickets",
    ]);
  });

  test.skipIf(!hasServer)("is loaded by a preset, and the next time from where that ended", async () => {
    const { url, drop } = await sourceDatabase(zammadTables);
    const place = new DataHere(database, { uploadsDirectory: directory.path, embedder: undefined });
    const asked = { ...wishes, workspace: "zammad", preset: "zammad" };
    const load = async (name: string) => {
      const at = await temporaryDirectory();
      const source = await databaseSource(url, asked, null);
      const toSend = await readDatabase(place, source, { wishes: asked, directory: at.path });
      expect([name, toSend?.request.kind]).toEqual([name, "database"]);
      const result = toSend && (await place.do("load", toSend.request, { path: toSend.path }));
      await at.remove();
      return result;
    };
    expect(await load("first")).toMatchObject({ preset: "zammad", counts: { new: 2, rejected: 0 } });
    expect(await load("second")).toMatchObject({ read: 1, counts: { unchanged: 1 } });
    const [latest] = await place.do("imports", { workspace: "zammad" });
    expect(latest).toMatchObject({ kind: "database", state: "finished" });
    expect(latest?.name).toMatch(/^zammad at 127\.0\.0\.1:5432\/fixtwice_test_/);
    await drop();
  });

  test.skipIf(!hasServer)(
    "is loaded by a query of one's own, whose columns are read as a header is",
    async () => {
      const { url, drop } = await sourceDatabase(
        "create table t (no int, opened timestamptz, about text, updated_at timestamptz);" +
          "insert into t values (1, '2026-03-01 10:00Z', 'Torn, \"again\"', '2026-03-02Z'), (2, '2026-03-04 10:00Z', '-5 %', '2026-03-04Z')",
      );
      const sql = join(directory.path, "q.sql");
      await writeFile(
        sql,
        'select no as "Ticket ID", opened as "Created at", about as "Subject", updated_at from t\n' +
          "where $1::timestamptz is null or updated_at > $1; ",
      );
      const place = new DataHere(database, { uploadsDirectory: directory.path, embedder: undefined });
      const at = await temporaryDirectory();
      const asked = { ...wishes, workspace: "query" };
      const source = await databaseSource(url, asked, sql);
      const toSend = await readDatabase(place, source, { wishes: asked, directory: at.path });
      expect(await place.do("try", toSend?.request ?? request, { path: toSend?.path ?? "" })).toMatchObject({
        counts: { new: 2, rejected: 0 },
      });
      const { importId } = await place.do("load", toSend?.request ?? request, { path: toSend?.path ?? "" });
      expect(importId).toBe(1);
      const again = await temporaryDirectory();
      expect(await readDatabase(place, source, { wishes: asked, directory: again.path })).toBeNull();
      await at.remove();
      await again.remove();
      await drop();
    },
  );
});
