import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AnalysisQueue } from "#app/server/analysis-queue.ts";
import { clock } from "#app/server/clock.ts";
import { type OpenDatabase, openDatabase } from "#db/open-database.ts";
import { findJobState, listOpenJobs } from "#db/queries/job-states.ts";
import { type JobWish, SharedJobs } from "#db/shared-jobs.ts";
import { findOrCreateWorkspace } from "#db/workspaces.ts";
import { openTestDatabase, testEngine } from "#test/support/database.ts";

/** Two programs over one database: on a server with connections of their own, embedded over the one that there is. */
let first: OpenDatabase;
let second: OpenDatabase;
let [a, b] = [0, 0];
const closed: (() => Promise<void>)[] = [];

beforeEach(async () => {
  first = await openTestDatabase();
  second = testEngine === "embedded" ? first : await sameAgain();
  a = (await findOrCreateWorkspace(first.db, { name: "A", timeZone: "UTC" })).id;
  b = (await findOrCreateWorkspace(first.db, { name: "B", timeZone: "UTC" })).id;
});
afterEach(async () => {
  for (const close of closed.splice(0)) await close();
  if (second !== first) await second.close();
  await first.close();
});

async function sameAgain(): Promise<OpenDatabase> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(first.db);
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  url.pathname = `/${rows[0]?.name}`;
  return openDatabase({ databaseUrl: url.href, dataDirectory: "" });
}

async function join(database: OpenDatabase): Promise<SharedJobs> {
  const jobs = await SharedJobs.open(database);
  closed.push(() => jobs.close());
  return jobs;
}

/** A queue whose first job does not end before it is let go. */
function heldQueue(database: OpenDatabase) {
  const followed: string[] = [];
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const queue = new AnalysisQueue(database, {
    today: clock(),
    afterwards: async (workspaceName) => {
      followed.push(workspaceName);
      begun.resolve();
      await held.promise;
    },
  });
  closed.push(() => {
    held.resolve();
    return queue.stop();
  });
  return { queue, followed, begun: begun.promise, letGo: held.resolve };
}

describe("what follows each work of a queue", () => {
  test("is done once for it, and its failure is nobody's", async () => {
    const followed: string[] = [];
    const queue = new AnalysisQueue(first, {
      today: clock(),
      afterwards: async (workspaceName) => {
        followed.push(workspaceName);
        throw new Error("nobody asked");
      },
    });
    void queue.request("A"); // and nobody waits for it
    void queue.request("B");
    void queue.request("There is none");
    await queue.idle();
    expect(followed.sort()).toEqual(["A", "B"]);
    expect(await Promise.all([a, b].map((id) => queue.status(id)))).toEqual([
      { state: "idle" },
      { state: "idle" },
    ]);
    await queue.stop();
    await queue.request("A");
    await queue.idle();
    expect(followed).toHaveLength(2);
  });
});

describe.skipIf(testEngine === "embedded")("of two programs on a server (needs TEST_DATABASE_URL)", () => {
  test("one does what the other was asked for and is too busy to do, once, and both tell of it", async () => {
    const busy = heldQueue(first);
    await busy.queue.request("A");
    await busy.begun;
    await busy.queue.request("B");
    await busy.queue.request("B");
    expect(await listOpenJobs(first.db, b)).toHaveLength(1);

    const statusThere = (id: number) => findJobState(second.db, id);
    expect(await statusThere(a)).toMatchObject({ state: "running", kind: "load" });
    expect(await statusThere(b)).toEqual({ state: "waiting" });
    const done: JobWish[] = [];
    const helper = await join(second);
    await helper.work(async ({ wish }) => void done.push(wish));
    while ((await statusThere(b)).state !== "idle") await new Promise((resolve) => setTimeout(resolve, 20));
    busy.letGo();
    await busy.queue.idle();
    expect([busy.followed, done]).toEqual([["A"], [{ workspaceId: b, kind: "load" }]]);
  });

  test("either stops what the other does, and nobody does it again", async () => {
    const worker = await join(first);
    const reasons: unknown[] = [];
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    await worker.work(async (_, signal) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      reasons.push(signal.reason);
      ended.resolve();
    });
    await worker.ask({ workspaceId: a, kind: "load" });
    await begun.promise;
    const other = await join(second);
    const [job] = await listOpenJobs(second.db, a);
    expect(job?.active).toBe(true);
    await other.cancel([job?.id ?? ""]);
    await ended.promise;
    expect(reasons).toHaveLength(1);
    expect(await listOpenJobs(first.db)).toEqual([]);
  });
});

test("what waits and is taken back is never begun", async () => {
  const busy = heldQueue(first);
  await busy.queue.request("A");
  await busy.begun;
  await busy.queue.propose(b, "causes");
  await busy.queue.cancel(b);
  expect(await findJobState(second.db, b)).toEqual({ state: "cancelled", kind: "proposal" });
  busy.letGo();
  await busy.queue.idle();
  expect(busy.followed).toEqual(["A"]);
  expect(await first.db.selectFrom("analysis_runs").select("run_id").execute()).toEqual([]);
});

test("what a program gave back when it was stopped is done anew by the next", async () => {
  const stopped = await join(first);
  const begun = Promise.withResolvers<void>();
  await stopped.work(async () => {
    begun.resolve();
    throw new Error("The program was stopped.");
  });
  const wish: JobWish = { workspaceId: a, kind: "proposal", granularity: "fine" };
  await stopped.ask(wish);
  await begun.promise;
  await stopped.close();
  const done = Promise.withResolvers<JobWish>();
  await (await join(second)).work(async (job) => done.resolve(job.wish));
  expect(await done.promise).toEqual(wish);
});

test("what a program had under way when it was killed is done anew by the next", async () => {
  const killed = await SharedJobs.open(first);
  await killed.ask({ workspaceId: a, kind: "load" });
  await killed.close();
  // What a killed process leaves: a job under way, and no sign of life. Embedded nobody waits until it is missed.
  const lastSeen = testEngine === "embedded" ? "1 hour" : "-1 hour";
  await sql`update jobs.job set state = 'active', started_on = now() - interval '1 hour',
    heartbeat_on = now() + ${lastSeen}::interval`.execute(first.db);
  expect(await findJobState(second.db, a)).toMatchObject({ state: "running" });
  const done = Promise.withResolvers<number>();
  await (await join(second)).work(async (job) => done.resolve(job.wish.workspaceId));
  expect(await done.promise).toBe(a);
});

test("how far a job is stands where every program reads it, and a failure until the next one begins", async () => {
  const queue = new AnalysisQueue(first, { today: clock(), afterwards: async () => {} });
  closed.push(() => queue.stop());
  await sql`alter table analysis_runs rename to away`.execute(first.db);
  await queue.propose(a, "causes");
  await queue.idle();
  expect(await findJobState(second.db, a)).toEqual({
    state: "failed",
    reason: 'relation "analysis_runs" does not exist',
  });
  await sql`alter table away rename to analysis_runs`.execute(first.db);
  await queue.request("A");
  await queue.idle();
  expect(await findJobState(second.db, a)).toEqual({ state: "idle" });
});
