import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { allMigrations, type Migrations, migrate, schemaVersion } from "#db/migrate.ts";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { openTestDatabase, testEngine } from "#test/support/database.ts";

let database: OpenDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database?.close());

const next: Migrations = {
  ...allMigrations,
  "2999-01-01-next": { up: async (db) => sql`create table next_table (n int)`.execute(db).then(() => {}) },
};
const broken: Migrations = {
  ...next,
  "2999-01-02-broken": { up: async (db) => sql`create table next_table (n int)`.execute(db).then(() => {}) },
};

test("a database that is up to date stays as it is", async () => {
  expect(await migrate(database.db)).toEqual([]);
});

test("only what is missing runs, and only once", async () => {
  expect(await migrate(database.db, next)).toEqual(["2999-01-01-next"]);
  expect(await migrate(database.db, next)).toEqual([]);
  expect(await exists("next_table")).toBe(true);
});

test("a migration that fails leaves nothing behind, also not of those before it", async () => {
  await expect(migrate(database.db, broken)).rejects.toMatchObject({
    name: "MigrationFailed",
    message: expect.stringMatching(/2999-01-02-broken failed: .*already exists/),
  });
  expect(await exists("next_table")).toBe(false);
  expect(await migrate(database.db, next)).toEqual(["2999-01-01-next"]);
});

test("a newer schema is refused by name", async () => {
  await migrate(database.db, next);
  await expect(migrate(database.db)).rejects.toMatchObject({
    name: "NewerSchema",
    message: expect.stringContaining(
      `2999-01-01-next; this version of Fix It Twice knows schemas up to ${schemaVersion()}`,
    ),
  });
});

describe.skipIf(testEngine === "embedded")("on a server (needs TEST_DATABASE_URL)", () => {
  test("of six starters at once one migrates, and all of them open", async () => {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database.db);
    const url = new URL(process.env.TEST_DATABASE_URL ?? "");
    url.pathname = `/${rows[0]?.name}`;
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const starts = Array.from({ length: 6 }, () =>
      openDatabase({ databaseUrl: url.href, dataDirectory: "" }),
    );
    const opened = await Promise.all(starts);
    expect(await exists("workspaces")).toBe(true);
    await Promise.all(opened.map((one) => one.close()));
  });

  test("the time limit of statements is back after migrating", async () => {
    await migrate(database.db, next);
    const limit = await sql`select current_setting('statement_timeout') as limit`.execute(database.db);
    expect(limit.rows).toEqual([{ limit: "1min" }]);
  });
});

async function exists(table: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass(${table}) is not null as found`.execute(
    database.db,
  );
  return rows[0]?.found === true;
}
