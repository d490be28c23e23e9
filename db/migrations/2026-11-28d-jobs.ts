import { type Kysely, sql } from "kysely";

/**
 * Background jobs that all server processes share: the tables of pg-boss in a schema of their own, and how far each
 * workspace's job has come. The tables are those of the installed pg-boss; it brings older ones up to date itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ has: boolean }>`select to_regclass('jobs.version') is not null as has`.execute(
    db,
  );
  const { getConstructionPlans } = await import("pg-boss"); // only where it is needed: it takes 60 ms
  // The plan brings its own transaction, and we have one.
  const plan = getConstructionPlans("jobs")
    .replace(/^\s*BEGIN;/, "")
    .replace(/COMMIT;\s*$/, "");
  if (rows[0]?.has !== true) await sql.raw(plan).execute(db);
  await sql`create table job_progress (
    workspace_id int primary key,
    job_id uuid not null,
    kind text not null check (kind in ('load', 'proposal')),
    stage text not null,
    share real not null default 0,
    ends_at timestamptz,
    outcome text check (outcome in ('cancelled', 'failed')),
    reason text
  )`.execute(db);
}
