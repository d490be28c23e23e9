import { resolve } from "node:path";
import { type Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import Cursor from "pg-cursor";
import { openEmbedded } from "./engine/embedded.ts";
import { guardedKysely } from "./engine/guarded-pool.ts";
import type { DirectoryLock } from "./engine/lock.ts";
import { openPostgresql } from "./engine/postgresql.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./schema.ts";
import { defaultTemplate, usableTemplate } from "./template.ts";

export interface DatabaseSettings {
  /** A PostgreSQL server; when undefined or empty, the embedded database. */
  databaseUrl?: string | undefined;
  /** Of the embedded database. Its lock and a half-made new directory lie beside it. */
  dataDirectory: string;
  /** Whether to bring the schema up to date first; true unless said otherwise. */
  migrate?: boolean;
  /** A template for a new data directory; the build's unless said otherwise. */
  template?: string;
  /** How long a statement of the embedded database may take; 60 s unless said otherwise, 0 = for ever. */
  statementMilliseconds?: number;
}

export interface OpenDatabase {
  db: Kysely<Schema>;
  pool: Pool;
  engine: "embedded" | "postgresql";
  /** Of the embedded database; `null` on a server, which may be another machine. */
  directory: string | null;
  /** One sentence of what an acknowledged write survives, to be printed as it is. */
  durability: string;
  /** Of the embedded data directory; a server announces its address in it. */
  lock?: DirectoryLock;
  /** Waits for what is under way. Harmless when called twice. */
  close(): Promise<void>;
}

/**
 * Opens the database: one code path for both engines (Kysely's PostgresDialect over a `pg.Pool`).
 * @throws DataDirectoryBusy, DatabaseUnavailable, NewerSchema, MigrationFailed
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  const opened = settings.databaseUrl
    ? await openServer(settings.databaseUrl)
    : await openDirectory(settings);
  try {
    if (settings.migrate ?? true) await migrate(opened.db);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openServer(databaseUrl: string): Promise<OpenDatabase> {
  const { pool, syncsCommits } = await openPostgresql(databaseUrl);
  const db = await overPool(pool);
  return {
    db,
    pool,
    engine: "postgresql",
    directory: null,
    durability: syncsCommits
      ? "PostgreSQL: what is acknowledged survives a crash of the program, of the server and a power loss."
      : "PostgreSQL with fsync or synchronous_commit off: what is acknowledged may be lost when the server crashes.",
    close: once(() => db.destroy()),
  };
}

async function openDirectory(settings: DatabaseSettings): Promise<OpenDatabase> {
  const template = await usableTemplate(settings.template ?? defaultTemplate());
  const embedded = await openEmbedded(settings.dataDirectory, template, settings.statementMilliseconds);
  const db = await overPool(embedded.pool);
  return {
    db,
    pool: embedded.pool,
    engine: "embedded",
    directory: resolve(settings.dataDirectory),
    durability:
      "Embedded database: what is acknowledged survives a crash or kill of the program, " +
      "not a power loss or a crash of the operating system. One process at a time.",
    lock: embedded.lock,
    close: once(async () => {
      await db.destroy();
      await embedded.close();
    }),
  };
}

function overPool(pool: Pool): Promise<Kysely<Schema>> {
  return guardedKysely(pool, new PostgresDialect({ pool, cursor: Cursor }));
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
