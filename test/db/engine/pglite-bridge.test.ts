import { join } from "node:path";
import type { Duplex } from "node:stream";
import { Client, type Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedMajor, embeddedPool } from "#db/engine/embedded.ts";
import { type PgliteEngine, startEngine } from "#db/engine/pglite-bridge.ts";
import { temporaryDirectory, testTemplate } from "#test/support/database.ts";

const runaway = "select count(*) from generate_series(1, 2000000000)";

// What only the embedded engine has: its bridge between threads.
let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
let engine: PgliteEngine;
let pool: Pool;
/** What the pool has connected by, the newest last. */
const sockets: Duplex[] = [];

beforeAll(async () => {
  folder = await temporaryDirectory();
  engine = await newEngine("shared");
  const connect = () => {
    const socket = engine.connect();
    sockets.push(socket);
    return socket;
  };
  pool = embeddedPool({ connect });
});
afterAll(async () => {
  await pool?.end();
  await engine?.close();
  await folder.remove();
});

test("the engine is the PostgreSQL that data directories are checked for", async () => {
  const { rows } = await pool.query("select current_setting('server_version') as version");
  expect(rows[0].version.split(".")[0]).toBe(embeddedMajor);
});

describe("a client that is dropped", () => {
  test("leaves no transaction, setting, temporary table or prepared statement to the next one", async () => {
    const client = await pool.connect();
    await client.query("create temporary table leftover (a int)");
    await client.query("set work_mem = '1MB'");
    await client.query({ name: "kept", text: "select 1" });
    await client.query("begin");
    await client.query("create table uncommitted (a int)");
    client.release(true);
    const { rows } = await pool.query(
      `select to_regclass('leftover') as temporary, to_regclass('uncommitted') as uncommitted,
              current_setting('work_mem') as work_mem, (select count(*) from pg_prepared_statements) as prepared,
              current_setting('timezone') as zone`,
    );
    expect(rows).toEqual([{ temporary: null, uncommitted: null, work_mem: "4MB", prepared: 0, zone: "UTC" }]);
  });

  test("in a transaction, after an error and before its Sync, does not make the next one deaf", async () => {
    const client = await pool.connect();
    await client.query("begin");
    const socket = sockets.at(-1);
    socket?.write(Buffer.from("P\0\0\0\x0e\0no sql\0\0\0H\0\0\0\x04", "latin1"));
    client.release(true);
    expect((await pool.query("select 1 as x")).rows).toEqual([{ x: 1 }]);
  });

  test("in the middle of a big result does not hold up the next one", async () => {
    const client = await pool.connect();
    const dropped = client.query("select repeat('x', 1000) from generate_series(1, 20000)");
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.release(true);
    await expect(dropped).rejects.toThrow("Connection terminated");
    expect((await pool.query("select 1 as x")).rows).toEqual([{ x: 1 }]);
  });
});

test("a second client at the same time is refused with a reason, not left waiting", async () => {
  const first = await pool.connect();
  const second = new Client({ stream: () => engine.connect(), ssl: false });
  await expect(second.connect()).rejects.toMatchObject({ code: "53300" });
  expect((await first.query("select 1 as x")).rows).toEqual([{ x: 1 }]);
  first.release();
});

test("a result of 35 MB arrives whole", async () => {
  const { rows } = await pool.query("select repeat('x', 100) as x from generate_series(1, 350000)");
  expect(rows).toHaveLength(350_000);
  expect(rows.every((row) => row.x.length === 100)).toBe(true);
});

test("the engine waits for a slow reader instead of heaping up the result", async () => {
  const slow = await newEngine("slow");
  const socket = slow.connect();
  const client = new Client({ stream: () => socket, user: "postgres", ssl: false });
  await client.connect();
  socket.pause();
  const result = client.query("select repeat('x', 1000) from generate_series(1, 100000)");
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(socket.readableLength).toBeGreaterThan(0);
  expect(socket.readableLength).toBeLessThan(2e6);
  socket.resume();
  expect((await result).rows).toHaveLength(100_000);
  await client.end();
  await slow.close();
});

test("the main thread stays awake during a heavy query", async () => {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const began = performance.now();
  await pool.query("select count(distinct md5(n::text)) from generate_series(1, 900000) n");
  const took = performance.now() - began;
  clearInterval(timer);
  // Were the query in this thread, one wait would be all of it, however fast the machine is.
  expect(longest).toBeLessThan(took / 2);
});

describe("an engine that dies", () => {
  test("rejects what is pending and what comes later, each with a sentence", async () => {
    const dying = await newEngine("dying");
    const own = embeddedPool(dying);
    const pending = own.query("select count(*) from generate_series(1, 30000000)");
    await new Promise((resolve) => setTimeout(resolve, 200));
    const refusal = pending.catch((error: unknown) => error);
    await dying.kill("the test ended it");
    expect(await refusal).toMatchObject({
      name: "DatabaseUnavailable",
      message: expect.stringContaining("the test ended it"),
    });
    await expect(own.query("select 1")).rejects.toMatchObject({ name: "DatabaseUnavailable" });
    await dying.close();
  });

  test("while it starts again after a statement that took too long stays dead, and lets go of its directory", async () => {
    const limited = await newEngine("limited", 500);
    const own = embeddedPool(limited);
    await expect(own.query(runaway)).rejects.toMatchObject({ name: "StatementTooLong" });
    await limited.kill("the test ended it"); // its thread is being ended, and no new one may follow
    await expect(own.query("select 1")).rejects.toThrow("the test ended it");
    await limited.close();
    const next = await startEngine({ directory: join(folder.path, "limited") });
    expect((await embeddedPool(next).query("select 1 as x")).rows).toEqual([{ x: 1 }]);
    await next.close();
  });

  test("in memory ends with a statement that took too long: there is nothing to open again", async () => {
    const inMemory = await startEngine({ directory: "memory://", statementMilliseconds: 500 });
    await expect(embeddedPool(inMemory).query(runaway)).rejects.toThrow(
      /has stopped: a statement took longer than 0\.5 s/,
    );
    await inMemory.close();
  });

  test("is closed although a statement runs on whose client has gone", async () => {
    const closing = await newEngine("runaway", 500);
    const client = await embeddedPool(closing).connect();
    // oxlint-disable-next-line vitest/valid-expect -- awaited below
    const refused = expect(client.query(runaway)).rejects.toThrow("Connection terminated");
    client.release(true);
    await closing.close();
    await refused;
  });

  test("after a close says that it was closed", async () => {
    const closing = await newEngine("closing");
    const own = embeddedPool(closing);
    await own.query("select 1");
    await own.end();
    await closing.close();
    await closing.close();
    await expect(embeddedPool(closing).query("select 1")).rejects.toThrow("it was closed");
  });
});

async function newEngine(name: string, statementMilliseconds?: number): Promise<PgliteEngine> {
  const directory = join(folder.path, name);
  return startEngine({
    directory,
    makeAs: `${directory}.making`,
    template: await testTemplate(),
    ...(statementMilliseconds !== undefined && { statementMilliseconds }),
  });
}
