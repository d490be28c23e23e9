import { setTimeout as delay } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { OpenDatabase } from "../../open-database.ts";
import type { Schema } from "../../schema.ts";

/** First half of the advisory lock's key; the second is the workspace. */
const lockClass = 0x1f17;
const retryMilliseconds = 200;

/** The last import in line in this process, per database and workspace. */
const lines = new WeakMap<Kysely<Schema>, Map<number, Promise<unknown>>>();

/**
 * Runs one import of a workspace at a time. Embedded there is one process, so a line in it is enough, and the only
 * connection stays free for readers between two transactions. On PostgreSQL the line goes through an advisory lock
 * of the very connection that the import writes with: when that breaks, the lock and the writing end together.
 */
export async function takeImportTurn<T>(
  database: Pick<OpenDatabase, "db" | "engine">,
  workspaceId: number,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  if (database.engine === "embedded") return standInLine(database.db, workspaceId, () => work(database.db));
  return database.db.connection().execute(async (connection) => {
    await lock(connection, workspaceId);
    try {
      return await work(connection);
    } finally {
      await sql`select pg_advisory_unlock(${lockClass}::int, ${workspaceId}::int)`.execute(connection);
    }
  });
}

async function standInLine<T>(db: Kysely<Schema>, workspaceId: number, work: () => Promise<T>): Promise<T> {
  const line = lines.get(db) ?? new Map<number, Promise<unknown>>();
  lines.set(db, line);
  const mine = (line.get(workspaceId) ?? Promise.resolve()).then(work);
  const settled = mine.catch(() => undefined); // the next in line doesn't care how this one ended
  line.set(workspaceId, settled);
  try {
    return await mine;
  } finally {
    if (line.get(workspaceId) === settled) line.delete(workspaceId);
  }
}

/** Asks again and again: waiting inside one statement would run into the statement timeout. */
async function lock(connection: Kysely<Schema>, workspaceId: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ got: boolean }>`
      select pg_try_advisory_lock(${lockClass}::int, ${workspaceId}::int) as got`.execute(connection);
    if (rows[0]?.got) return;
    await delay(retryMilliseconds);
  }
}
