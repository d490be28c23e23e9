import { sql } from "kysely";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withConnection } from "#db/engine/guarded-pool.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { copyIn, copyOut } from "./copy-messages.ts";

// What holds on both engines alike.
let database: OpenDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.pool.query("create table notes (id int primary key, body text)");
});
afterAll(() => database?.close());
beforeEach(() => database.pool.query("truncate notes"));

describe("queries and their errors", () => {
  test("parameters, several rows, and an empty query", async () => {
    const { rows } = await database.pool.query(
      "select $1::int + n as sum from generate_series(1, 3) n",
      [10],
    );
    expect(rows).toEqual([{ sum: 11 }, { sum: 12 }, { sum: 13 }]);
    expect((await database.pool.query("")).rows).toEqual([]);
  });

  test("an error carries its SQLSTATE, in the simple and in the extended protocol", async () => {
    await withClient(async (client) => {
      await expect(client.query("select 1/0")).rejects.toMatchObject({ code: "22012" });
      await expect(client.query("select 1/$1::int", [0])).rejects.toMatchObject({ code: "22012" });
      await expect(client.query("no sql")).rejects.toMatchObject({ code: "42601" });
      expect((await client.query("select 7 as x")).rows).toEqual([{ x: 7 }]);
    });
  });

  test("pool.query, which drops its connection at an error, works after 20 errors", async () => {
    for (let n = 0; n < 20; n++)
      await expect(database.pool.query("select 1/$1::int", [0])).rejects.toMatchObject({ code: "22012" });
    expect((await database.pool.query("select 1 as x")).rows).toEqual([{ x: 1 }]);
  });

  test("20 pool.query at once, every second of them wrong, get each its own answer", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => database.pool.query("select 10/$1::int as x", [n % 2])),
    );
    expect(answers.map((answer) => answer.status)).toEqual(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? "rejected" : "fulfilled")),
    );
  });

  test("an error inside a transaction rolls it back, and the connection goes on", async () => {
    const failing = database.db.transaction().execute(async (transaction) => {
      await sql`insert into notes values (1, 'one')`.execute(transaction);
      await sql`insert into notes values (1, 'again')`.execute(transaction);
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await count()).toBe(0);
  });

  test("a savepoint is rolled back alone", async () => {
    const transaction = await database.db.startTransaction().execute();
    await sql`insert into notes values (1, 'kept')`.execute(transaction);
    const inner = await transaction.savepoint("s").execute();
    await sql`insert into notes values (2, 'dropped')`.execute(inner);
    await inner.rollbackToSavepoint("s").execute();
    await transaction.commit().execute();
    expect(await count()).toBe(1);
  });
});

describe("cursors", () => {
  test("stream many rows in batches", async () => {
    let sum = 0;
    for await (const row of series(10_000).stream(500)) sum += row.n;
    expect(sum).toBe((10_000 * 10_001) / 2);
  });

  test("can be left before the end, or fail in the middle, and the connection goes on", async () => {
    for await (const row of series(10_000).stream(10)) if (row.n === 25) break;
    await expect(readAllOfOneThatFails()).rejects.toMatchObject({ code: "22012" });
    expect(await count()).toBe(0);
  });
});

describe("COPY", () => {
  test("FROM STDIN loads data that arrives in pieces cut anywhere", async () => {
    await withClient(async (client) => {
      expect(
        await copyIn(client, "copy notes from stdin with (format csv)", ["1,o", 'ne\n2,"t', 'wo"\n']),
      ).toBe("COPY 2");
    });
    expect(await count()).toBe(2);
  });

  test("FROM STDIN with a bad row loads nothing, names row and column, and the connection goes on", async () => {
    await withClient(async (client) => {
      const failing = copyIn(client, "copy notes from stdin with (format csv)", [
        "1,one\n",
        "two,two\n",
        "3,three\n",
      ]);
      await expect(failing).rejects.toMatchObject({
        code: "22P02",
        where: expect.stringContaining("line 2, column id"),
      });
      expect(await copyIn(client, "copy notes from stdin with (format csv)", ["1,one\n"])).toBe("COPY 1");
    });
    expect(await count()).toBe(1);
  });

  test("FROM STDIN into a table that does not exist fails, and the connection goes on", async () => {
    await withClient(async (client) => {
      await expect(copyIn(client, "copy nowhere from stdin", ["1\n"])).rejects.toMatchObject({
        code: "42P01",
      });
      expect((await client.query("select 1 as x")).rows).toEqual([{ x: 1 }]);
    });
  });

  test("FROM STDIN by somebody who has no data to send fails, and the connection goes on", async () => {
    await withClient(async (client) => {
      await expect(client.query("copy notes from stdin")).rejects.toThrow("COPY from stdin failed");
      await expect(client.query("select 5; copy notes from stdin; select 6")).rejects.toThrow(
        "COPY from stdin failed",
      );
      expect((await client.query("select 1 as x")).rows).toEqual([{ x: 1 }]);
    });
  });

  test("TO STDOUT gives the rows", async () => {
    await withClient(async (client) => {
      await copyIn(client, "/* load */ COPY notes\n FROM STDIN", ["1\tone\n2\t\\N\n"]);
      expect(
        await copyOut(client, "copy (select * from notes order by id) to stdout with (format csv)"),
      ).toBe("1,one\n2,\n");
    });
  });
});

describe("a query on the database inside an open transaction", () => {
  test("is refused at once, with a sentence, however deep it is called", async () => {
    const deep = async () => {
      await Promise.resolve();
      return count();
    };
    const nested = database.db.transaction().execute(async (transaction) => {
      await sql`insert into notes values (1, 'one')`.execute(transaction);
      return deep();
    });
    await expect(nested).rejects.toMatchObject({
      name: "NestedConnection",
      message: expect.stringContaining("the transaction's own handle"),
    });
    expect(await count()).toBe(0);
  });

  test("is refused inside db.connection() and to pool.query, too", async () => {
    const inConnection = database.db.connection().execute(() => count());
    await expect(inConnection).rejects.toMatchObject({ name: "NestedConnection" });
    const byPool = database.db.transaction().execute(() => database.pool.query("select 1"));
    await expect(byPool).rejects.toMatchObject({ name: "NestedConnection" });
  });

  test("is not confused with queries side by side, or that wait behind a long transaction", async () => {
    const long = database.db.transaction().execute(async (transaction) => {
      await sql`insert into notes values (1, 'one')`.execute(transaction);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return "done";
    });
    const others = Promise.all([count(), count(), database.db.transaction().execute(async () => "other")]);
    expect(await long).toBe("done");
    expect((await others)[2]).toBe("other");
  });

  test("is allowed to work that the transaction left running, once it has ended", async () => {
    let later: Promise<number> | undefined;
    await database.db.transaction().execute(async () => {
      later = new Promise((resolve) => setTimeout(resolve, 100)).then(() => count());
    });
    expect(await later).toBe(0);
  });
});

describe("a connection as client and as Kysely", () => {
  test("is one session: COPY by the client belongs to the transaction of the other", async () => {
    const failing = withConnection(database.pool, (client, db) =>
      db.transaction().execute(async (transaction) => {
        await copyIn(client, "copy notes from stdin", ["1\tone\n2\ttwo\n"]);
        expect((await sql`select id from notes`.execute(transaction)).rows).toHaveLength(2);
        throw new Error("the work failed");
      }),
    );
    await expect(failing).rejects.toThrow("the work failed");
    expect(await count()).toBe(0);
    await withConnection(database.pool, (client, db) =>
      db.transaction().execute(() => copyIn(client, "copy notes from stdin", ["1\tone\n"])),
    );
    expect(await count()).toBe(1);
  });

  test("streams, and gives the result of its work", async () => {
    const sum = await withConnection(database.pool, async (_client, db: typeof database.db) => {
      let total = 0;
      for await (const row of series(1000, db).stream(100)) total += row.n;
      return total;
    });
    expect(sum).toBe(500_500);
  });

  test("refuses the database itself meanwhile, in a transaction and outside", async () => {
    await withConnection(database.pool, async (_client, db) => {
      await expect(count()).rejects.toMatchObject({ name: "NestedConnection" });
      const inTransaction = db.transaction().execute(() => database.pool.query("select 1"));
      await expect(inTransaction).rejects.toMatchObject({ name: "NestedConnection" });
    });
    expect(await count()).toBe(0);
  });

  test("is kept for the next one when its work went well, and dropped when it did not", async () => {
    const use = (work: () => Promise<unknown> = async () => undefined) =>
      withConnection(database.pool, async (client) => {
        await work();
        return client;
      });
    const first = await use();
    expect(await use()).toBe(first);
    await expect(use(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await use()).not.toBe(first);
  });

  test("leaves no transaction open that its work began by hand and threw in", async () => {
    const failing = withConnection(database.pool, async (client) => {
      await client.query("begin; insert into notes values (1, 'one')");
      throw new Error("the work failed");
    });
    await expect(failing).rejects.toThrow("the work failed");
    expect(await count()).toBe(0);
  });
});

test("a transaction whose connection breaks tells what broke it, not that it cannot be rolled back", async () => {
  const broken = withConnection(database.pool, (client, db) =>
    db.transaction().execute(async () => {
      client.connection.stream.destroy();
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error("first");
    }),
  );
  await expect(broken).rejects.toThrow("first");
  expect(await count()).toBe(0);
});

function series(length: number, db = database.db) {
  return db
    .selectFrom(sql<{ n: number }>`generate_series(1, ${sql.lit(length)})`.as<"s">(sql`s(n)`))
    .select("s.n");
}

async function readAllOfOneThatFails(): Promise<void> {
  const rows = database.db
    .selectFrom(sql<{ n: number }>`generate_series(1, 100)`.as<"s">(sql`s(n)`))
    .select(sql<number>`1 / (50 - n)`.as("n"));
  for await (const row of rows.stream(10)) expect(row.n).toBeTypeOf("number");
}

async function count(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from notes`.execute(database.db);
  return rows[0]?.count ?? Number.NaN;
}

async function withClient(use: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await database.pool.connect();
  try {
    await use(client);
  } finally {
    client.release();
  }
}
