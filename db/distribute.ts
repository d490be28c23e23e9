import { type Kysely, sql } from "kysely";
import type { Schema } from "./schema.ts";

/** The database cannot spread tables over machines; the sentence says what it would take. */
export class CannotDistribute extends Error {
  override readonly name = "CannotDistribute";
}

/** Tables that grow with the cases. One shard holds all rows of a case, so that they are joined where they lie. */
export const tablesByCase = [
  "cases",
  "case_texts",
  "case_words",
  "case_versions",
  "case_causes",
  "unassigned_cases",
  "split_cases",
  "coding_sample_cases",
  "case_codes",
] as const;

/** Small tables that are read beside the cases: every machine has a copy. */
export const referenceTables = [
  "workspaces",
  "names",
  "imports",
  "analysis_runs",
  "causes",
  "clusters",
  "cause_lineage",
  "human_edits",
  "retrospectives",
  "coding_samples",
] as const;

/** A whole column of a workspace is read at once, beside no case. */
export const tablesByWorkspace = ["case_segments", "segment_versions"] as const;

/** What of the database's catalogue decides what is left to do. */
export interface Placement {
  hasCitus: boolean;
  /** Names of the tables that there are. */
  tables: ReadonlySet<string>;
  /** Of those, the ones that are distributed, or copied to every machine, already. */
  placed: ReadonlySet<string>;
}

/**
 * The statements that are left to run, in order; none where all is placed. Everything else (jobs, the audit log,
 * rejected rows, reports, settings) stays on the coordinator.
 * @throws CannotDistribute
 */
export function distributionPlan({ hasCitus, tables, placed }: Placement): string[] {
  if (!hasCitus)
    throw new CannotDistribute(
      "The database has no Citus, so nothing was distributed. Expected DATABASE_URL to name a database on a Citus " +
        "coordinator in which `create extension citus` was run.",
    );
  const missing = (names: readonly string[]) => names.filter((name) => tables.has(name) && !placed.has(name));
  return [
    ...missing(referenceTables).map((table) => `select create_reference_table('${table}')`),
    ...missing(tablesByCase).flatMap((table) => distributed(table, "case_id", "cases")),
    ...missing(tablesByWorkspace).flatMap((table) => distributed(table, "workspace_id", "case_segments")),
  ];
}

/** @param first the table beside whose rows those of this one lie: itself is the first to be placed */
function distributed(table: string, column: string, first: string): string[] {
  const beside = table === first ? "none" : first;
  return [
    `select create_distributed_table('${table}', '${column}', colocate_with => '${beside}')`,
    // The rows were copied to the shards; those that they were copied from would only take room.
    `select truncate_local_data_after_distributing_table('${table}')`,
  ];
}

/**
 * Spreads the tables over the machines of a Citus cluster, and returns how many statements that took: 0 where it was
 * done before. Each is whole or not done, so a run that was cut short is finished by the next. Takes as long as to copy
 * the rows; writers wait meanwhile.
 * @throws CannotDistribute
 */
export async function distribute(db: Kysely<Schema>): Promise<number> {
  return db.connection().execute(async (connection) => {
    const plan = distributionPlan(await findPlacement(connection));
    await sql`set statement_timeout = 0`.execute(connection);
    try {
      for (const statement of plan) await sql.raw(statement).execute(connection);
    } finally {
      await sql`reset statement_timeout`.execute(connection);
    }
    return plan.length;
  });
}

async function findPlacement(db: Kysely<Schema>): Promise<Placement> {
  const extension = await sql`select from pg_extension where extname = 'citus'`.execute(db);
  const hasCitus = extension.rows.length > 0;
  const tables = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(db);
  const placed = hasCitus
    ? await sql<{ name: string }>`select logicalrelid::regclass::text as name from pg_dist_partition`.execute(
        db,
      )
    : { rows: [] };
  const names = (rows: readonly { name: string }[]) => new Set(rows.map(({ name }) => name));
  return { hasCitus, tables: names(tables.rows), placed: names(placed.rows) };
}
