import type { PoolConfig } from "pg";
import { GuardedPool } from "./guarded-pool.ts";
import { typeParsers } from "./types.ts";
import { DatabaseUnavailable } from "./unavailable.ts";

export interface PostgresqlServer {
  pool: GuardedPool;
  /** What the server promises: whether a commit is on disk when it is acknowledged. */
  syncsCommits: boolean;
}

const connections = 8;
const connectSeconds = 5;

/**
 * Opens a pool and proves that the server answers.
 * @throws DatabaseUnavailable with host, port and database, never the password
 */
export async function openPostgresql(databaseUrl: string): Promise<PostgresqlServer> {
  const url = parsedUrl(databaseUrl);
  const pool = new GuardedPool(poolConfig(url), (error) => explain(error, url));
  try {
    const { rows } = await pool.query<{ syncs: boolean }>(
      "select current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as syncs",
    );
    return { pool, syncsCommits: rows[0]?.syncs === true };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function poolConfig(url: URL): PoolConfig {
  const withZone = new URL(url);
  // The address wins over other settings in `pg`, so the zone must go into it, beside the options that are there.
  const given = url.searchParams.get("options") ?? "";
  withZone.searchParams.set("options", `${given} -c timezone=UTC`.trim());
  return {
    connectionString: withZone.href,
    max: connections,
    connectionTimeoutMillis: connectSeconds * 1000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: "fixtwice",
    types: typeParsers,
  };
}

function parsedUrl(databaseUrl: string): URL {
  const url = URL.parse(databaseUrl);
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol))
    throw new DatabaseUnavailable(
      `DATABASE_URL is no address of a PostgreSQL database: got ${url?.protocol ?? "text without a protocol"}, ` +
        "expected postgresql://user:password@host:5432/database.",
    );
  return url;
}

function explain(error: Error, url: URL): Error {
  const where = placeOf(url);
  const code = codeOf(error);
  const reason = reasons.find((known) => known.codes.includes(code ?? error.message));
  if (reason === undefined) return error;
  return new DatabaseUnavailable(`${reason.text} (${where}). ${reason.advice}`, { cause: error });
}

const unreachable = {
  text: "PostgreSQL does not answer",
  advice: "Check that the server runs and that DATABASE_URL names it.",
};
const refused = {
  text: "PostgreSQL refuses this user or password",
  advice: "Check the user and the password in DATABASE_URL, and the server's pg_hba.conf.",
};

/** By SQLSTATE, system error code, or message where `pg` gives no code. */
const reasons = [
  {
    ...unreachable,
    codes: [
      "ECONNREFUSED",
      "ECONNRESET",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "ETIMEDOUT",
      "ENOENT",
      "EPIPE",
      "timeout expired",
      "Connection terminated due to connection timeout",
      "Connection terminated unexpectedly",
    ],
  },
  { ...unreachable, text: "The host of DATABASE_URL is unknown", codes: ["ENOTFOUND", "EAI_AGAIN"] },
  { ...refused, codes: ["28P01", "28000"] },
  {
    text: "PostgreSQL has no database of this name",
    advice: "Create it (createdb), or correct DATABASE_URL.",
    codes: ["3D000"],
  },
  {
    text: "PostgreSQL is starting or stopping",
    advice: "Try again in a moment.",
    codes: ["57P01", "57P02", "57P03"],
  },
  {
    text: "PostgreSQL has no connection left for us",
    advice: "Raise the server's max_connections, or stop other clients.",
    codes: ["53300"],
  },
  {
    text: `All ${connections} connections to PostgreSQL were busy for ${connectSeconds} s`,
    advice: "Try again; if it stays so, look for long statements on the server.",
    codes: ["timeout exceeded when trying to connect"],
  },
];

/** A host with several addresses fails with an AggregateError; its code stands in the single errors. */
function codeOf(error: Error): string | undefined {
  if ("code" in error && typeof error.code === "string") return error.code;
  if (!(error instanceof AggregateError)) return undefined;
  const [first]: unknown[] = error.errors;
  return first instanceof Error ? codeOf(first) : undefined;
}

function placeOf(url: URL): string {
  const host = url.hostname === "" ? (url.searchParams.get("host") ?? "local socket") : url.hostname;
  const database = decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username);
  return `host ${host}, port ${url.port || "5432"}, database ${database || "of the user's name"}`;
}
