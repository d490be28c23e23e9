import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  distribute,
  distributionPlan,
  referenceTables,
  tablesByCase,
  tablesByWorkspace,
} from "#db/distribute.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { openTestDatabase } from "#test/support/database.ts";

// There is no Citus where these tests run: its functions are stood in for by ones that note what they were called with.

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(database.db)).rows;
}

async function tables(): Promise<Set<string>> {
  const rows = await rowsOf(
    sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`,
  );
  return new Set(rows.map(({ name }) => name));
}

test("a database without Citus is refused with one sentence, and nothing is changed", async () => {
  await expect(distribute(database.db)).rejects.toMatchObject({
    name: "CannotDistribute",
    message: expect.stringMatching(/^The database has no Citus, so nothing was distributed\. Expected .*\.$/),
  });
});

test("every table that has a case in its key is distributed by it, and no other", async () => {
  const keyed = await rowsOf(sql<{ name: string }>`select distinct table_name as name
    from information_schema.key_column_usage where table_schema = 'public' and column_name = 'case_id'`);
  expect(keyed.map(({ name }) => name).sort()).toEqual([...tablesByCase].sort());
});

test("every unique key of a distributed table holds the case, as Citus wants it", async () => {
  const keys = await rowsOf(sql<{ key: string }>`
    select i.indexrelid::regclass::text as key from pg_index i
    where i.indisunique and i.indrelid = any(${[...tablesByCase]}::regclass[])
      and not exists (select from pg_attribute a
        where a.attrelid = i.indrelid and a.attname = 'case_id' and a.attnum = any(i.indkey))`);
  expect(keys).toEqual([]);
});

test("no distributed table has a trigger, or a foreign key, or is pointed to by one", async () => {
  const named = sql`${[...tablesByCase]}::regclass[]`;
  const found = await rowsOf(sql<{ name: string }>`
    select tgname as name from pg_trigger where tgrelid = any(${named})
    union all select conname from pg_constraint
    where contype = 'f' and (conrelid = any(${named}) or confrelid = any(${named}))`);
  expect(found).toEqual([]);
});

test("the plan names tables that there are, colocates all that belong to a case, and is empty once it is done", async () => {
  const there = await tables();
  const spread = [...tablesByCase, ...tablesByWorkspace];
  for (const table of [...referenceTables, ...spread]) expect(there).toContain(table);
  const plan = distributionPlan({ hasCitus: true, tables: there, placed: new Set() });
  expect(plan.filter((statement) => statement.includes("create_distributed_table"))).toHaveLength(
    spread.length,
  );
  expect(plan).toContain("select create_reference_table('workspaces')");
  expect(plan).toContain(
    "select create_distributed_table('case_texts', 'case_id', colocate_with => 'cases')",
  );
  // Cut short after the copies: only the rest is left.
  const rest = distributionPlan({ hasCitus: true, tables: there, placed: new Set(referenceTables) });
  expect(rest).toEqual(plan.slice(referenceTables.length));
  const placed = new Set([...referenceTables, ...spread]);
  expect(distributionPlan({ hasCitus: true, tables: there, placed })).toEqual([]);
});

test("what is kept of columns is distributed by its workspace, and lies together", () => {
  const plan = distributionPlan({ hasCitus: true, tables: new Set(tablesByWorkspace), placed: new Set() });
  expect(plan.filter((statement) => statement.includes("create"))).toEqual([
    "select create_distributed_table('case_segments', 'workspace_id', colocate_with => 'none')",
    "select create_distributed_table('segment_versions', 'workspace_id', colocate_with => 'case_segments')",
  ]);
});

test("every statement of the plan calls the functions of Citus as they are declared", async () => {
  for (const stand of [
    "create table calls (name text)",
    "create function create_reference_table(table_name regclass) returns void language sql as 'insert into calls values ($1::text)'",
    `create function create_distributed_table(table_name regclass, distribution_column text,
      distribution_type text default 'hash', colocate_with text default 'default', shard_count int default null)
      returns void language sql as 'insert into calls values ($1::text || '' by '' || $2 || '' with '' || $4)'`,
    "create function truncate_local_data_after_distributing_table(function_table regclass) returns void language sql as ''",
  ])
    await sql.raw(stand).execute(database.db);
  for (const statement of distributionPlan({ hasCitus: true, tables: await tables(), placed: new Set() }))
    await sql.raw(statement).execute(database.db);
  const calls = (await rowsOf(sql<{ name: string }>`select name from calls`)).map(({ name }) => name);
  expect(calls).toEqual([
    ...referenceTables,
    "cases by case_id with none",
    ...tablesByCase.slice(1).map((table) => `${table} by case_id with cases`),
    "case_segments by workspace_id with none",
    "segment_versions by workspace_id with case_segments",
  ]);
});
