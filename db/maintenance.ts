import { type Kysely, type RawBuilder, sql } from "kysely";
import type { OpenDatabase } from "./open-database.ts";
import type { Schema } from "./schema.ts";

/**
 * Tells the planner how large the tables are. The embedded engine never does it by itself, and without it a join of
 * 6,600 cases with their causes was planned as a nested loop: 48 s instead of 0.1 s.
 */
export async function refreshStatistics(db: Kysely<Schema>): Promise<void> {
  await sql`analyze cases, case_texts (workspace_id, case_id), case_causes, names`.execute(db);
}

/** The same where it was never done: a load that was killed before its end may have left it out. */
export async function refreshMissingStatistics(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ missing: boolean }>`select bool_or(reltuples < 0) as missing from pg_class
    where relname in ('cases', 'case_texts', 'case_causes', 'names') and relkind = 'r'`.execute(db);
  if (rows[0]?.missing === true) await refreshStatistics(db);
}

/** Tables that a load writes to. */
const loadedTables = [
  "cases",
  "case_texts",
  "case_words",
  "case_versions",
  "case_segments",
  "rejected_rows",
  "names",
] as const;
/** From so many dead rows on, and from this share of a table, their room is given back. */
const [fewestDead, deadShare] = [1_000, 0.2];

/**
 * What autovacuum does on a server, after a load or an undo: the planner's statistics are renewed, and the room of
 * rows that were replaced is given back. The embedded engine never does it by itself: 10 updates of 20,000 cases took
 * a directory of 100 MB to 684 MB, and to 158 MB with this. It also writes its log down, which would otherwise be as
 * large as the load. Each step has the connection for itself, so that readers get their turn in between.
 */
export async function afterLoad({ db, engine }: Pick<OpenDatabase, "db" | "engine">): Promise<void> {
  if (engine === "postgresql") {
    await sql`analyze cases, case_texts (workspace_id, case_id), case_words (workspace_id, case_id), names`.execute(
      db,
    );
    return;
  }
  await sql`select pg_stat_force_next_flush()`.execute(db); // else the counts of the last second are missing
  for (const table of loadedTables)
    if (await hasMuchDead(db, table)) await takingItsTime(db, sql`vacuum (analyze) ${sql.table(table)}`);
  await takingItsTime(db, sql`analyze case_words (workspace_id, case_id)`);
  await refreshStatistics(db);
  await takingItsTime(db, sql`checkpoint`);
}

/** Of a large table it may take minutes. */
async function takingItsTime(db: Kysely<Schema>, statement: RawBuilder<unknown>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    try {
      await statement.execute(connection);
    } finally {
      await sql`reset statement_timeout`.execute(connection);
    }
  });
}

/** After a crash the engine has forgotten how many rows are dead; the next load that replaces some tells it again. */
async function hasMuchDead(db: Kysely<Schema>, table: string): Promise<boolean> {
  const { rows } = await sql<{ dead: number; live: number }>`
    select n_dead_tup as dead, n_live_tup as live from pg_stat_user_tables where relname = ${table}`.execute(
    db,
  );
  const { dead, live } = rows[0] ?? { dead: 0, live: 0 };
  return dead >= fewestDead && dead >= deadShare * live;
}
