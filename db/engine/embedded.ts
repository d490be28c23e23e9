import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { GuardedPool } from "./guarded-pool.ts";
import { acquireLock, type DirectoryLock } from "./lock.ts";
import { type PgliteEngine, startEngine } from "./pglite-bridge.ts";
import type { EngineStart } from "./pglite-messages.ts";
import { typeParsers } from "./types.ts";
import { DatabaseUnavailable } from "./unavailable.ts";

/** The major version of PostgreSQL that the pinned PGlite is; directories of another cannot be opened. */
export const embeddedMajor = "18";

/** How long a query may wait for the one connection: as long as a long import or clustering holds it, and not for ever. */
const waitSeconds = 120;

export interface EmbeddedDatabase {
  pool: GuardedPool;
  lock: DirectoryLock;
  close(): Promise<void>;
}

/**
 * Opens, and if need be makes, the data directory, under its lock. The directory is never emptied: what is neither
 * empty nor ours is refused.
 * @throws DataDirectoryBusy, DatabaseUnavailable
 */
export async function openEmbedded(
  dataDirectory: string,
  template?: string,
  statementMilliseconds?: number,
): Promise<EmbeddedDatabase> {
  const directory = resolve(dataDirectory);
  const lock = acquireLock(directory);
  try {
    const engine = await startEngine({
      directory,
      ...howToMake(directory, template),
      ...(statementMilliseconds !== undefined && { statementMilliseconds }),
    });
    const pool = embeddedPool(engine);
    return {
      pool,
      lock,
      async close() {
        await engine.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A pool of the engine's one session. */
export function embeddedPool(engine: Pick<PgliteEngine, "connect">): GuardedPool {
  const config = {
    stream: () => engine.connect(),
    user: "postgres",
    database: "postgres",
    ssl: false,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: waitSeconds * 1000,
    types: typeParsers,
  };
  return new GuardedPool(config, explainWait);
}

function explainWait(error: Error): Error {
  if (error.message !== "timeout exceeded when trying to connect") return error;
  return new DatabaseUnavailable(
    `Waited ${waitSeconds} s for the embedded database's one connection. Either a statement takes that long, ` +
      "or whoever holds the connection waits for this very query.",
    { cause: error },
  );
}

function howToMake(directory: string, template?: string): Pick<EngineStart, "makeAs" | "template"> {
  if (isDatabase(directory)) return {};
  const makeAs = `${directory}.making`;
  // Left by a first start that was killed; nobody else can be at it, since we hold the lock.
  rmSync(makeAs, { recursive: true, force: true });
  return { makeAs, ...(template === undefined ? {} : { template }) };
}

/** Whether a database is there; false: nothing is, or an empty directory that is now removed. */
function isDatabase(directory: string): boolean {
  const versionFile = join(directory, "PG_VERSION");
  if (existsSync(versionFile)) {
    const major = readFileSync(versionFile, "utf8").trim();
    if (major === embeddedMajor) return true;
    throw new DatabaseUnavailable(
      `${directory} holds a database of PostgreSQL ${major}; this version of Fix It Twice reads ${embeddedMajor}. ` +
        "Export it with the version that made it, or name another data directory with FIXTWICE_DATA.",
    );
  }
  const entries = listOrRefuse(directory);
  if (entries === undefined) return false;
  if (entries.length > 0)
    throw new DatabaseUnavailable(
      `${directory} is not empty and holds no database (it has ${entries.slice(0, 3).join(", ")}). ` +
        "Name a new or empty data directory with FIXTWICE_DATA.",
    );
  rmdirSync(directory);
  return false;
}

function listOrRefuse(directory: string): string[] | undefined {
  try {
    return readdirSync(directory);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return undefined;
    throw new DatabaseUnavailable(
      `The data directory ${directory} cannot be read (${String(code)}). Name another one with FIXTWICE_DATA.`,
      { cause: error },
    );
  }
}
