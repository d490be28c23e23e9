import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { importFile } from "#db/imports/import-cases.ts";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { cfpbCsv, complaint, temporaryFile } from "#test/app/imports/sources.ts";
import { openTestDatabase, temporaryDirectory, testTemplate } from "#test/support/database.ts";

const rows = 5_000;
const everyTenthIsBad = (index: number) => (index % 10 === 9 ? { "Date received": "soon" } : {});
const csv = cfpbCsv(
  Array.from({ length: rows }, (_, index) => complaint(1000 + (index % 4_500), everyTenthIsBad(index))),
);
/** The last of each ten rows is rejected; the first 500 ids come once more at the end. */
const undisturbed = { new: 4_050, updated: 0, unchanged: 450, rejected: 500, open: 0 };

const child = fileURLToPath(new URL("import-child.ts", import.meta.url));

/** A database that one process after another opens: this one only after the child is dead. */
async function databaseForTwo(): Promise<{ url: string; directory: string; open(): Promise<OpenDatabase> }> {
  const server = process.env["TEST_DATABASE_URL"];
  if (server) {
    const database = await openTestDatabase();
    onTestFinished(() => database.close());
    const { rows: found } = await sql<{ name: string }>`select current_database() as name`.execute(
      database.db,
    );
    const url = new URL(server);
    url.pathname = `/${found[0]?.name}`;
    return { url: url.href, directory: "", open: async () => database };
  }
  const temporary = await temporaryDirectory();
  const directory = join(temporary.path, "database");
  const opened: OpenDatabase[] = [];
  onTestFinished(async () => {
    for (const database of opened) await database.close();
    await temporary.remove();
  });
  const open = async () => {
    const database = await openDatabase({ dataDirectory: directory, template: await testTemplate() });
    opened.push(database);
    return database;
  };
  return { url: "", directory, open };
}

test.each([
  ["before its first row is committed", 0, 0],
  ["after its first transaction", 1, 0],
  ["in its second transaction", 1, 40],
  ["after its second transaction", 2, 5],
])("an import killed %s ends with the totals of an undisturbed one", async (_, batches, milliseconds) => {
  const file = await temporaryFile(csv);
  const shared = await databaseForTwo();
  await killImport([shared.url, shared.directory, await testTemplate(), file, "shop"], batches, milliseconds);

  const database = await shared.open();
  const { counts, resumedAfter } = await importFile(database, { path: file, workspace: "shop" });
  expect(counts).toMatchObject(undisturbed);
  expect(resumedAfter).toBeGreaterThanOrEqual(batches * 2_000);
  const stored = {
    cases: await countRows(database, "cases"),
    texts: await countRows(database, "case_texts"),
    rejected: await countRows(database, "rejected_rows"),
  };
  expect(stored).toEqual({ cases: 4_050, texts: 4_050, rejected: 500 });
});

/** Starts an import, and kills it so many milliseconds after it has said that so many transactions are committed. */
async function killImport(args: string[], batches: number, milliseconds: number): Promise<void> {
  const importer = spawn(process.execPath, [child, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const died = once(importer, "exit");
  let lines = 0; // the first says that the database is open
  for await (const chunk of importer.stdout.setEncoding("utf8")) {
    lines += String(chunk).split("\n").length - 1;
    if (lines > batches) break;
  }
  await delay(milliseconds);
  importer.kill("SIGKILL");
  expect(await died).toEqual([null, "SIGKILL"]);
}

async function countRows(
  { db }: OpenDatabase,
  table: "cases" | "case_texts" | "rejected_rows",
): Promise<number> {
  const { rows: n } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as("rows"))
    .executeTakeFirstOrThrow();
  return n;
}
