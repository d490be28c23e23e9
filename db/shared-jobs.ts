import type { Job, PgBoss } from "pg-boss";
import type { Granularity } from "#analytics/causes/granularity.ts";
import type { OpenDatabase } from "./open-database.ts";
import { jobQueue, listOpenJobs } from "./queries/job-states.ts";
import type { Database, JobKind } from "./schema.ts";

/** What is asked of whichever process takes the job. Plain data. */
export interface JobWish {
  workspaceId: number;
  kind: JobKind;
  /** Of a proposal. */
  granularity?: Granularity;
}

/**
 * Does a job. What it throws gives the job back, for any process to do from its beginning.
 * @param signal aborts when the job is no longer this process's: a person cancelled it, or another process has it
 */
export type DoJob = (job: { id: string; wish: JobWish }, signal: AbortSignal) => Promise<void>;

/** How soon a process that is not told sees a job; the one that asks is told at once. */
const pollSeconds = 2;
/** How soon the process that does a job hears that it was cancelled elsewhere. */
const heartbeatSeconds = 1;
/** After so long without a sign of life a job is taken from its process. More than a busy event loop ever blocks. */
const lostAfterSeconds = 30;
const longestHours = 12;
/** A job that ends every process which tries it must not do so for ever. */
const tries = 5;

/**
 * Jobs of all server processes over one database, by pg-boss: each is done once, by any of them, and again when the
 * process that does it ends before. Of one workspace and kind at most one waits; of one workspace one is done at a time.
 * It polls and never listens, since the embedded engine has one connection.
 */
export class SharedJobs {
  readonly #boss: PgBoss;
  readonly #db: Database;
  #worker: string | undefined;

  private constructor(boss: PgBoss, db: Database) {
    this.#boss = boss;
    this.#db = db;
  }

  /** Joins in. Takes 20 ms, and no job before {@link work} is called. */
  static async open({ pool, engine, db }: OpenDatabase): Promise<SharedJobs> {
    const { PgBoss: Boss } = await import("pg-boss"); // 60 ms, after the server listens
    const boss = new Boss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: "jobs",
      schedule: false,
      superviseIntervalSeconds: 10,
      monitorIntervalSeconds: 10,
      flowIntervalSeconds: 60,
      monitorVacuum: false,
      reindex: false,
    });
    // It tries again by itself; a database that is gone says so on every page.
    boss.on("error", (error) => console.error(`Background jobs: ${error.message}`));
    await boss.start();
    await boss.createQueue(jobQueue, {
      // Of one key one waits. Not "stately": it skips a key that was active up to a minute ago, and so a job given back.
      policy: "short",
      heartbeatSeconds: lostAfterSeconds,
      expireInSeconds: longestHours * 3600,
      retryLimit: tries,
      deleteAfterSeconds: 3600,
    });
    // Embedded, no other process can be at work: what is under way was left by one that is dead.
    if (engine === "embedded") {
      const left = (await listOpenJobs(db)).filter(({ active }) => active);
      if (left.length > 0)
        await boss.fail(
          jobQueue,
          left.map(({ id }) => id),
        );
    }
    return new SharedJobs(boss, db);
  }

  /** Takes jobs from now on, one at a time. */
  async work(doJob: DoJob): Promise<void> {
    const options = {
      pollingIntervalSeconds: pollSeconds,
      heartbeatRefreshSeconds: heartbeatSeconds,
      groupConcurrency: 1,
    };
    this.#worker = await this.#boss.work(jobQueue, options, async ([job]: Job<JobWish>[]) => {
      if (job !== undefined) await doJob({ id: job.id, wish: job.data }, job.signal);
    });
  }

  /** Asks for a job. Nothing where the same one waits already, also one that was given back. */
  async ask(wish: JobWish): Promise<void> {
    const open = await listOpenJobs(this.#db, wish.workspaceId);
    if (open.some(({ kind, active }) => kind === wish.kind && !active)) return;
    const group = String(wish.workspaceId);
    await this.#boss.send(jobQueue, wish, {
      singletonKey: `${group}/${wish.kind}`,
      group: { id: group },
    });
    this.look();
  }

  /** Looks for a job now rather than at the next poll. */
  look(): void {
    if (this.#worker !== undefined) this.#boss.notifyWorker(this.#worker);
  }

  /** Takes jobs back, also those under way: whoever does one hears of it within {@link heartbeatSeconds}. */
  async cancel(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#boss.cancel(jobQueue, [...ids]);
  }

  /** Takes no more jobs, and gives back one that is still under way. The database stays open. */
  async close(): Promise<void> {
    await this.#boss.stop({ close: false, timeout: 5_000 });
  }
}
