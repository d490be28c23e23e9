import { AsyncLocalStorage } from "node:async_hooks";
import {
  DefaultConnectionProvider,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
} from "kysely";
import { Pool, type PoolClient, type PoolConfig } from "pg";
import Cursor from "pg-cursor";

/**
 * A query on `db` inside `db.transaction()` asks the pool for a second connection while it holds one. The embedded
 * engine has only one, so it would wait for itself for ever; on PostgreSQL it would read what the transaction has not
 * written yet, and hang only under load. It is a mistake on both, and fails at once on both, with a sentence.
 *
 * Seen are `db.transaction()` and `db.connection()`, and what they call, however deep. Not seen are a transaction from
 * `db.startTransaction()` and the loop over a `stream()`: there the pool's own time limit ends the wait.
 */
export class NestedConnection extends Error {
  override readonly name = "NestedConnection";

  constructor() {
    super(
      "A query was made on the database itself inside a transaction (or connection) that is still open. " +
        "It would wait for a connection that the transaction does not give back: make it on the transaction's own handle.",
    );
  }
}

interface Holding {
  pool: Pool;
  /** False once the connection is given back; work that was left running may then use the pool. */
  open: boolean;
}

const holdings = new AsyncLocalStorage<Holding>();

type Connected = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: PoolClient["release"],
) => void;

/** A pool that refuses nested use, and whose errors are sentences. */
export class GuardedPool extends Pool {
  readonly #explain: (error: Error) => Error;

  constructor(config: PoolConfig, explain: (error: Error) => Error) {
    super(config);
    this.#explain = explain;
    // An idle connection that breaks would end the process. The pool has dropped it already; the next query gets a
    // new one, or says why it cannot.
    this.on("error", () => {});
    // One that breaks in use says so to its query as well.
    this.on("connect", (client) => client.on("error", () => {}));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<PoolClient> | undefined {
    const client = this.#connect();
    if (callback === undefined) return client;
    client.then(
      (connected) => callback(undefined, connected, (broken) => connected.release(broken)),
      (error: Error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  async #connect(): Promise<PoolClient> {
    const holding = holdings.getStore();
    if (holding?.pool === this && holding.open) throw new NestedConnection();
    try {
      return await super.connect();
    } catch (error) {
      throw error instanceof Error ? this.#explain(error) : error;
    }
  }
}

/** A Kysely that marks the work done with a connection of `pool`, so that the pool can tell nested use. */
export async function guardedKysely<Tables>(pool: Pool, dialect: Dialect): Promise<Kysely<Tables>> {
  const driver = keepingFirstError(dialect.createDriver());
  await driver.init();
  const provider = new DefaultConnectionProvider(driver);
  const executor = new DefaultQueryExecutor(dialect.createQueryCompiler(), dialect.createAdapter(), {
    provideConnection: (use, options) =>
      provider.provideConnection(async (connection) => {
        const holding = { pool, open: true };
        try {
          return await holdings.run(holding, use, connection);
        } finally {
          holding.open = false;
        }
      }, options),
  });
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor });
}

/**
 * A rollback fails only when its connection is gone, and the transaction with it. What made the work fail is then the
 * error to tell, not that there was nobody left to roll back. The driver does not use such a connection again.
 */
function keepingFirstError(driver: Driver): Driver {
  const rollBack = driver.rollbackTransaction.bind(driver);
  driver.rollbackTransaction = (connection) => rollBack(connection).catch(() => undefined);
  return driver;
}

/**
 * One connection of the pool, as `pg`'s client (for COPY) and as a Kysely over that very client: what the one does in a
 * transaction of the other belongs to it. Nested use of the pool is refused meanwhile. A connection whose work threw is
 * not used again: nobody knows in which state it is.
 */
export async function withConnection<T, Tables>(
  pool: Pool,
  work: (client: PoolClient, db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const holding = { pool, open: true };
  let broken = true;
  try {
    const db = new Kysely<Tables>({ dialect: new OneClientDialect(client) });
    const result = await holdings.run(holding, () => work(client, db));
    broken = false;
    return result;
  } finally {
    holding.open = false;
    client.release(broken);
  }
}

class OneClientDialect extends PostgresDialect {
  constructor(client: PoolClient) {
    super({ pool: poolOf(client), cursor: Cursor });
  }

  override createDriver(): Driver {
    return keepingFirstError(super.createDriver());
  }
}

/** A pool of one client that is connected already and outlives it. */
function poolOf(client: PoolClient): PostgresPool {
  const borrowed = { query: client.query.bind(client), release() {} } as PostgresPoolClient; // all that the driver calls
  return { connect: async () => borrowed, end: async () => {}, options: {} };
}
