import { setTimeout as delay } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { PoolClient } from "pg";
import { withConnection } from "../../engine/guarded-pool.ts";
import type { OpenDatabase } from "../../open-database.ts";
import type { Schema } from "../../schema.ts";

/** First half of the advisory lock's key; the second is the workspace. */
const lockClass = 0x1f17;
const retryMilliseconds = 200;

/** What the holder of the turn writes with. */
export type ImportTurn = <T>(work: (connection: ImportConnection) => Promise<T>) => Promise<T>;

/** One connection, as pg's client (for COPY) and as Kysely. */
export interface ImportConnection {
  client: PoolClient;
  db: Kysely<Schema>;
}

/** The last import in line in this process, per database and workspace. */
const lines = new WeakMap<Kysely<Schema>, Map<number, Promise<unknown>>>();

/**
 * Runs one import of a workspace at a time. Embedded there is one process, so a line in it is enough, and the only
 * connection stays free for readers between two transactions. On PostgreSQL the line goes through an advisory lock
 * of the very connection that the import writes with: when that breaks, the lock and the writing end together.
 */
export async function takeImportTurn<T>(
  { db, pool, engine }: Pick<OpenDatabase, "db" | "pool" | "engine">,
  workspaceId: number,
  work: (turn: ImportTurn) => Promise<T>,
): Promise<T> {
  return standInLine(db, workspaceId, () => {
    if (engine === "embedded")
      return work((use) => withConnection(pool, (client, own: Kysely<Schema>) => use({ client, db: own })));
    return withConnection(pool, async (client, own: Kysely<Schema>) => {
      await lock(own, workspaceId);
      try {
        return await work((use) => use({ client, db: own }));
      } finally {
        await sql`select pg_advisory_unlock(${lockClass}::int, ${workspaceId}::int)`.execute(own);
      }
    });
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
