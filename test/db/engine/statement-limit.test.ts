import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { temporaryDirectory, testEngine, testTemplate } from "#test/support/database.ts";

const limit = 1500;

/** Keeps the engine busy, without a sleep that something might interrupt. */
const runaway = sql`select count(*) from generate_series(1, 2000000000)`;

// A server has its own limit, which PostgreSQL enforces.
describe.skipIf(testEngine === "postgresql")("a statement of the embedded engine that takes too long", () => {
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
  let database: OpenDatabase;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    database = await open();
  });
  afterAll(async () => {
    await database?.close();
    await folder.remove();
  });

  it("is ended with a sentence, and the next one works", async () => {
    const start = performance.now();
    await expect(runaway.execute(database.db)).rejects.toMatchObject({
      name: "StatementTooLong",
      message: expect.stringMatching(/longer than 1\.5 s and was ended\. What was committed stays/),
    });
    expect(performance.now() - start).toBeGreaterThan(limit - 50);
    expect(await answerOf(1)).toBe(1);
  });

  it("takes its transaction with it, and nothing that was committed", async () => {
    await insertName("kept");
    const transaction = database.db.transaction().execute(async (trx) => {
      await insertName("lost", trx);
      await runaway.execute(trx);
    });
    await expect(transaction).rejects.toMatchObject({
      name: "StatementTooLong",
      message: expect.stringContaining("a transaction that was open is undone as a whole"),
    });
    expect(await names()).toEqual(["kept"]);
  });

  it("may take longer where its session says so, until it takes that back", async () => {
    await database.db.connection().execute(async (connection) => {
      await sql`set statement_timeout = 0`.execute(connection);
      await sql`select pg_sleep(${(2 * limit) / 1000})`.execute(connection);
      await sql`reset statement_timeout`.execute(connection);
      await expect(runaway.execute(connection)).rejects.toThrow(/longer than 1\.5 s/);
    });
    expect(await answerOf(1)).toBe(1);
  });

  it("may take longer in a transaction that says so, and only there", async () => {
    await database.db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(`${10 * limit}ms`)}`.execute(trx);
      await sql`select pg_sleep(${(2 * limit) / 1000})`.execute(trx);
    });
    await expect(runaway.execute(database.db)).rejects.toThrow(/longer than 1\.5 s/);
  });

  it("keeps those that wait behind it waiting, and no more", async () => {
    // oxlint-disable-next-line vitest/valid-expect -- awaited below
    const ended = expect(runaway.execute(database.db)).rejects.toThrow(/longer than/);
    const waiting = [1, 2, 3, 4, 5].map(answerOf);
    await ended;
    expect(await Promise.all(waiting)).toEqual([1, 2, 3, 4, 5]);
  });

  it("is ended each time, however often", async () => {
    for (const name of ["one", "two", "three"]) {
      await expect(runaway.execute(database.db)).rejects.toThrow(/longer than/);
      await insertName(name);
    }
    expect(await names()).toEqual(["kept", "one", "three", "two"]);
  });

  it("keeps a database from being closed only until it is ended, and leaves the directory whole", async () => {
    // oxlint-disable-next-line vitest/valid-expect -- awaited below
    const ended = expect(runaway.execute(database.db)).rejects.toThrow(/longer than/);
    await new Promise((resolve) => setTimeout(resolve, limit / 10));
    const closed = database.close();
    await ended;
    await closed;
    database = await open();
    expect(await names()).toEqual(["kept", "one", "three", "two"]);
  });

  async function open(): Promise<OpenDatabase> {
    return openDatabase({
      dataDirectory: join(folder.path, "database"),
      template: await testTemplate(),
      statementMilliseconds: limit,
    });
  }

  async function answerOf(number: number): Promise<number | undefined> {
    const { rows } = await sql<{ n: number }>`select ${number}::int as n`.execute(database.db);
    return rows[0]?.n;
  }

  async function insertName(name: string, db = database.db): Promise<void> {
    await sql`insert into names (workspace_id, field, id, name)
      select 1, 'team', count(*), ${name} from names`.execute(db);
  }

  async function names(): Promise<string[]> {
    const rows = await database.db.selectFrom("names").select("name").orderBy("name").execute();
    return rows.map((row) => row.name);
  }
});
