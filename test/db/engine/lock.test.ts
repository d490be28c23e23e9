import { type ChildProcess, execFile as execFileByCallback, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acquireLock, DataDirectoryBusy, readLock } from "#db/engine/lock.ts";
import { temporaryDirectory } from "#test/support/database.ts";

const execFile = promisify(execFileByCallback);

let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
let directory: string;

beforeEach(async () => {
  folder = await temporaryDirectory();
  directory = join(folder.path, "database");
});
afterEach(() => folder.remove());

describe("within one process", () => {
  test("the lock lies beside the directory, whole and for this user only", () => {
    const lock = acquireLock(directory);
    expect(lock.file).toBe(`${directory}.lock`);
    expect(statSync(lock.file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(lock.file, "utf8"))).toMatchObject({ pid: process.pid });
    expect(existsSync(directory)).toBe(false);
    lock.release();
    expect(existsSync(lock.file)).toBe(false);
  });

  test("a second opening is refused with pid, directory, time and advice", () => {
    const lock = acquireLock(directory);
    const refusal = refusalOf(() => acquireLock(directory));
    expect(refusal.name).toBe("DataDirectoryBusy");
    expect(refusal.holder?.pid).toBe(process.pid);
    expect(refusal.message).toContain(`${directory} is in use by process ${process.pid}`);
    expect(refusal.message).toContain(lock.holder.startedAt);
    expect(refusal.message).toContain("FIXTWICE_DATA");
    lock.release();
  });

  test("a released lock can be taken again, and releasing the old one twice does not free the new one", () => {
    const first = acquireLock(directory);
    first.release();
    const second = acquireLock(directory);
    first.release();
    expect(readLock(directory)?.startedAt).toBe(second.holder.startedAt);
    second.release();
  });

  test("the holder announces where its server answers", () => {
    const lock = acquireLock(directory);
    expect(readLock(directory)?.url).toBeUndefined();
    lock.announce({ url: "http://127.0.0.1:3000", token: "secret" });
    expect(readLock(directory)).toMatchObject({ url: "http://127.0.0.1:3000", token: "secret" });
    expect(refusalOf(() => acquireLock(directory)).holder?.url).toBe("http://127.0.0.1:3000");
    lock.release();
    expect(readLock(directory)).toBeUndefined();
  });
});

describe("a lock that its holder left behind", () => {
  test.skipIf(process.platform !== "linux")(
    "is stale when another process has the pid now (needs /proc)",
    () => {
      leaveLock({ processStartTime: "1" });
      expect(readLock(directory)).toBeUndefined();
      acquireLock(directory).release();
    },
  );

  test.skipIf(process.platform !== "linux")("is stale after a reboot (needs /proc)", () => {
    leaveLock({ bootId: "another-boot" });
    expect(readLock(directory)).toBeUndefined();
    acquireLock(directory).release();
  });

  test("is kept when its host is another one: nobody here can tell whether it lives", () => {
    leaveLock({ host: "elsewhere", bootId: "another-boot" });
    const refusal = refusalOf(() => acquireLock(directory));
    expect(refusal.message).toContain("on host elsewhere");
    expect(refusal.message).toContain(`delete ${directory}.lock`);
  });

  test("is kept however old it is while its process lives", () => {
    leaveLock({ startedAt: "1999-12-31T23:59:59.000Z" });
    expect(refusalOf(() => acquireLock(directory)).holder?.startedAt).toBe("1999-12-31T23:59:59.000Z");
  });

  test("is kept when it cannot be read", () => {
    writeFileSync(`${directory}.lock`, "{");
    const refusal = refusalOf(() => acquireLock(directory));
    expect(refusal.holder).toBeNull();
    expect(refusal.message).toContain("cannot be read");
  });
});

describe("between processes", () => {
  test("the second is refused within a second, with the pid of the first", async () => {
    const holder = await starter();
    expect(await holder.start()).toBe("won");
    const began = performance.now();
    expect(refusalOf(() => acquireLock(directory)).holder?.pid).toBe(holder.pid);
    expect(performance.now() - began).toBeLessThan(1000);
    await holder.kill("SIGTERM");
  });

  test("after kill -9 of the holder the next start takes over", async () => {
    const holder = await starter();
    expect(await holder.start()).toBe("won");
    await holder.kill("SIGKILL");
    expect(existsSync(`${directory}.lock`)).toBe(true);
    const lock = acquireLock(directory);
    expect(readLock(directory)?.pid).toBe(process.pid);
    lock.release();
  });

  test("a process that ends by itself leaves no lock", async () => {
    const holder = await starter();
    await holder.start();
    await holder.end();
    expect(existsSync(`${directory}.lock`)).toBe(false);
  });

  test("of 20 that race for a stale lock exactly one wins", async () => {
    const dead = await starter();
    await dead.start();
    await dead.kill("SIGKILL");
    const racers = await Promise.all(Array.from({ length: 20 }, starter));
    const results = await Promise.all(racers.map((racer) => racer.start()));
    await Promise.all(racers.map((racer) => racer.kill("SIGKILL")));
    expect(results.filter((result) => result === "won")).toHaveLength(1);
    expect(results.filter((result) => result.startsWith("busy"))).toHaveLength(19);
  });

  test.skipIf(process.platform !== "linux")(
    "a stale lock changes hands without two ever having it (needs /proc)",
    async () => {
      const contenders = await Promise.all(Array.from({ length: 4 }, () => output("lock-contender.ts")));
      const [taken, together] = contenders
        .map((line) => line.split(" ").map(Number))
        .reduce(([a = 0, b = 0], [c = 0, d = 0]) => [a + c, b + d]);
      expect(taken).toBeGreaterThan(20);
      expect(together).toBe(0);
    },
  );
});

async function output(script: string): Promise<string> {
  const { stdout } = await execFile(process.execPath, [join(import.meta.dirname, script), directory]);
  return stdout;
}

function refusalOf(action: () => unknown): DataDirectoryBusy {
  try {
    action();
  } catch (error) {
    if (error instanceof DataDirectoryBusy) return error;
    throw error;
  }
  throw new Error("the lock was given, where DataDirectoryBusy was expected");
}

/** A lock file of this very process, changed as told. */
function leaveLock(changed: Record<string, string>): void {
  const lock = acquireLock(directory);
  const record = JSON.parse(readFileSync(lock.file, "utf8"));
  lock.release();
  writeFileSync(lock.file, JSON.stringify({ ...record, ...changed }));
}

/** A real process that is ready to take the lock when told. */
async function starter() {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, "lock-starter.ts"), directory],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const exited = once(child, "exit");
  if (child.stdout === null) throw new Error("the child has no output");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    pid: child.pid,
    async start(): Promise<string> {
      child.stdin?.write("go\n");
      return String((await lines.next()).value);
    },
    async kill(signal: NodeJS.Signals): Promise<void> {
      child.kill(signal);
      await exited;
    },
    async end(): Promise<void> {
      child.stdin?.end();
      await exited;
    },
  };
}
