import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { temporaryDirectory, testTemplate } from "#test/support/database.ts";

let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
let dataDirectory: string;

beforeEach(async () => {
  folder = await temporaryDirectory();
  dataDirectory = join(folder.path, "database");
});
afterEach(() => folder.remove());

test("the embedded database is made from a template, keeps its rows, and says what it promises", async () => {
  const first = await open();
  expect(first.engine).toBe("embedded");
  expect(first.durability).toContain("not a power loss");
  await sql`create table kept as select 1 as n`.execute(first.db);
  await expect(open()).rejects.toMatchObject({ name: "DataDirectoryBusy" });
  await first.close();
  await first.close();
  const second = await open();
  expect((await sql`select n from kept`.execute(second.db)).rows).toEqual([{ n: 1 }]);
  await second.close();
  expect(readdirSync(folder.path)).toEqual(["database"]);
});

test("the embedded database is made by initdb where there is no template, and is the same", async () => {
  const made = await openDatabase({ dataDirectory, template: join(folder.path, "none.tar.gz") });
  const other = await openDatabase({ dataDirectory: `${dataDirectory}-2`, template: await testTemplate() });
  const settings = sql`select name, setting from pg_settings where name not in ('data_directory_mode') and name not like 'plpgsql.%' order by 1`;
  const tables = sql`select table_name, column_name, data_type from information_schema.columns
                     where table_schema = 'public' order by 1, 2`;
  expect((await settings.execute(made.db)).rows).toEqual((await settings.execute(other.db)).rows);
  expect((await tables.execute(made.db)).rows).toEqual((await tables.execute(other.db)).rows);
  await made.close();
  await other.close();
});

test("a first start that was killed halfway leaves nothing that looks whole", async () => {
  const template = await testTemplate();
  const child = writer(template);
  while (!existsSync(join(`${dataDirectory}.making`, "PG_VERSION"))) await pause(1);
  child.process.kill("SIGKILL");
  await child.exited;
  expect(existsSync(dataDirectory)).toBe(false);
  const database = await open();
  expect((await sql`select count(*) as n from workspaces`.execute(database.db)).rows).toEqual([{ n: 0 }]);
  await database.close();
  expect(readdirSync(folder.path)).toEqual(["database"]);
});

test("every row acknowledged before kill -9 is there afterwards, three times over", async () => {
  const template = await testTemplate();
  let acknowledged = 0;
  for (let round = 1; round <= 3; round++) {
    const child = writer(template);
    while (child.last() < acknowledged + 200) await pause(5);
    child.process.kill("SIGKILL");
    await child.exited;
    acknowledged = child.last();
  }
  const database = await open();
  const { rows } = await sql<{ n: number; last: number; whole: boolean }>`
    select count(*) as n, max(n) as last, bool_and(length(body) = 500) as whole from written`.execute(
    database.db,
  );
  expect(rows[0]?.n).toBe(rows[0]?.last);
  // One row may be written, but not yet told of.
  expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged);
  expect(rows[0]?.whole).toBe(true);
  await database.close();
});

test("a directory with other files in it is refused and left alone", async () => {
  mkdirSync(dataDirectory);
  writeFileSync(join(dataDirectory, "letter.txt"), "dear");
  await expect(open()).rejects.toMatchObject({
    name: "DatabaseUnavailable",
    message: expect.stringContaining("letter.txt"),
  });
  expect(readdirSync(folder.path)).toEqual(["database"]);
  rmSync(dataDirectory, { recursive: true });
  mkdirSync(dataDirectory);
  await (await open()).close(); // an empty one is fine
});

test("a directory of another PostgreSQL is refused, and so is a file", async () => {
  mkdirSync(dataDirectory);
  writeFileSync(join(dataDirectory, "PG_VERSION"), "17\n");
  await expect(open()).rejects.toThrow(/database of PostgreSQL 17; .* reads 18/);
  rmSync(dataDirectory, { recursive: true });
  writeFileSync(dataDirectory, "");
  await expect(open()).rejects.toThrow(/cannot be read \(ENOTDIR\)/);
});

test("a broken directory is refused with PostgreSQL's reason, left alone, and not kept locked", async () => {
  await (await open()).close();
  truncateSync(join(dataDirectory, "global/pg_control"), 100);
  await expect(open()).rejects.toMatchObject({
    name: "DatabaseUnavailable",
    message: expect.stringMatching(/does not open: .*pg_control/),
  });
  await expect(open()).rejects.toMatchObject({ name: "DatabaseUnavailable" });
  expect(existsSync(join(dataDirectory, "base"))).toBe(true);
});

describe("an address of PostgreSQL", () => {
  test.each([
    ["mysql://host/db", /got mysql:, expected postgresql:/],
    ["host:5432/db", /expected postgresql:/],
    [
      "postgres://user:s3cret@127.0.0.1:1/cases",
      /does not answer \(host 127.0.0.1, port 1, database cases\)/,
    ],
    [
      "postgres://user:s3cret@localhost:1/cases",
      /does not answer \(host localhost, port 1, database cases\)/,
    ],
    ["postgres://user:s3cret@no-such-host.invalid/cases", /unknown \(host no-such-host.invalid, port 5432/],
  ])("%s is refused with place and reason, without the password", async (databaseUrl, sentence) => {
    const refusal: unknown = await openDatabase({ databaseUrl, dataDirectory }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ name: "DatabaseUnavailable", message: expect.stringMatching(sentence) });
    expect(String(refusal)).not.toContain("s3cret");
  });

  const server = process.env.TEST_DATABASE_URL ?? "";
  test.skipIf(server === "")(
    "without such a database is refused by its name (needs TEST_DATABASE_URL)",
    async () => {
      const url = new URL(server);
      url.pathname = "/no_such_database";
      await expect(openDatabase({ databaseUrl: url.href, dataDirectory })).rejects.toMatchObject({
        name: "DatabaseUnavailable",
        message: expect.stringMatching(/no database of this name .*database no_such_database/),
      });
    },
  );
});

async function open(): Promise<OpenDatabase> {
  return openDatabase({ dataDirectory, template: await testTemplate() });
}

function writer(template: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "writer.ts"), dataDirectory, template], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  child.stdout.on("data", (chunk) => {
    told += chunk;
  });
  return {
    process: child,
    exited: once(child, "exit"),
    /** The last number that was told whole. */
    last: () => Number(told.slice(0, told.lastIndexOf("\n")).split("\n").at(-1)),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
