import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { afterLoad } from "#db/maintenance.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { openTestDatabase, testEngine } from "#test/support/database.ts";

const rows = 2000;
let database: OpenDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await sql`insert into names (workspace_id, field, id, name)
    select 1, 'team', n, repeat('x', 500) || n from generate_series(1, ${sql.lit(rows)}) n`.execute(
    database.db,
  );
  await sql`insert into cases (workspace_id, case_id, source_system, source_case_id, incidence_day, status, content_hash, import_id)
    select 1, gen_random_uuid(), 'tests', n, '2026-01-01', 'open', n, 1 from generate_series(1, ${sql.lit(rows)}) n`.execute(
    database.db,
  );
});
afterAll(() => database?.close());

describe("after a load", () => {
  it("the planner knows how large the tables are", async () => {
    // A server may have looked by itself already.
    if (testEngine === "embedded") expect(await knownRows("cases")).not.toBe(rows);
    await afterLoad(database);
    expect(await knownRows("cases")).toBe(rows);
  });

  it("no limit of a page's query holds, and afterwards it holds again", async () => {
    const limit = async () =>
      (await sql<{ limit: string }>`show statement_timeout`.execute(database.db)).rows;
    const before = await limit();
    await afterLoad(database);
    expect(await limit()).toEqual(before);
  });

  // A server does it by itself, when it sees fit.
  it.skipIf(testEngine === "postgresql")("the room of replaced rows is used again", async () => {
    await replaceAll();
    await afterLoad(database);
    const once = await bytesOfNames();
    for (let round = 0; round < 4; round++) {
      await replaceAll();
      await afterLoad(database);
    }
    expect(await bytesOfNames()).toBeLessThan(1.2 * once);
  });

  it.skipIf(testEngine === "postgresql")("the log is written down", async () => {
    await replaceAll();
    expect(await bytesOfLog()).toBeGreaterThan(500 * rows);
    await afterLoad(database);
    expect(await bytesOfLog()).toBeLessThan(100 * rows);
  });
});

async function replaceAll(): Promise<void> {
  await sql`update names set name = name || 'y'`.execute(database.db);
}

async function knownRows(table: string): Promise<number> {
  const known = await sql<{
    rows: number;
  }>`select reltuples as rows from pg_class where relname = ${table}`.execute(database.db);
  return known.rows[0]?.rows ?? Number.NaN;
}

async function bytesOfNames(): Promise<number> {
  const size = await sql<{ bytes: number }>`select pg_total_relation_size('names') as bytes`.execute(
    database.db,
  );
  return size.rows[0]?.bytes ?? Number.NaN;
}

/** What a start after a crash would have to read. */
async function bytesOfLog(): Promise<number> {
  const log = await sql<{ bytes: number }>`
    select (pg_current_wal_lsn() - redo_lsn)::float8 as bytes from pg_control_checkpoint()`.execute(
    database.db,
  );
  return log.rows[0]?.bytes ?? Number.NaN;
}
