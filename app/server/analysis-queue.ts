import type { Granularity } from "#analytics/causes/granularity.ts";
import type { Day } from "#analytics/period.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { endInterruptedAnalysesOf } from "#db/queries/analysis.ts";
import {
  beginProgress,
  endProgress,
  findJobState,
  isCancelled,
  type JobState,
  listOpenJobs,
  noteOutcome,
} from "#db/queries/job-states.ts";
import { type DoJob, type JobWish, SharedJobs } from "#db/shared-jobs.ts";
import { findWorkspace, findWorkspaceById, listWorkspaces, type Workspace } from "#db/workspaces.ts";
import { analyse } from "./analyse.ts";
import { judgeFixes } from "./judge-fixes.ts";
import { ProgressNotes } from "./progress-notes.ts";
import { settleLoad } from "./settle-load.ts";

type Afterwards = (workspaceName: string) => Promise<unknown>;

/** A look at a second fix may come with any day: so often is asked whether one has. */
const millisecondsBetweenLooks = 3_600_000;

const cancelledSentence = "A person cancelled it.";

/** The job that this process does now. */
interface Running {
  id: string;
  stop: AbortController;
  done: Promise<void>;
}

/**
 * Does what loads leave to do, and finds causes anew, in the background: one after the other, so that pages stay quick.
 * The jobs lie in the database, where every server process over it finds them: one that is asked for here may be done
 * there, and is done again by another when its process ends before it does.
 */
export class AnalysisQueue {
  readonly #database: OpenDatabase;
  readonly #embedder: string | undefined;
  readonly #afterwards: Afterwards;
  readonly #today: (timeZone: string) => Day;
  readonly #stopping = new AbortController();
  readonly #asking = new Set<Promise<void>>();
  /** By workspace: the day on which it was last asked for by itself. */
  readonly #askedOn = new Map<number, Day>();
  #jobs: Promise<SharedJobs> | undefined;
  #working: Promise<void> | undefined;
  #running: Running | undefined;

  /**
   * @param embedder folder of the sentence model that is set
   * @param afterwards done after each work, of which no status tells; what it throws is nobody's loss
   * @param today the day in a time zone, up to which second fixes are judged
   */
  constructor(
    database: OpenDatabase,
    {
      embedder,
      afterwards,
      today,
    }: { embedder?: string | undefined; afterwards: Afterwards; today: (timeZone: string) => Day },
  ) {
    this.#database = database;
    this.#embedder = embedder;
    this.#afterwards = afterwards;
    this.#today = today;
  }

  status(workspaceId: number): Promise<JobState> {
    return findJobState(this.#database.db, workspaceId);
  }

  /**
   * Begins to do jobs, also other processes', and asks for every workspace: what loads left to do, and which second fixes are
   * to be judged, now and as days go by.
   */
  async start(): Promise<void> {
    await this.#work();
    await this.#askForAll();
    const looks = setInterval(() => void this.#askForAll().catch(console.error), millisecondsBetweenLooks);
    looks.unref();
    this.#stopping.signal.addEventListener("abort", () => clearInterval(looks));
  }

  /** Each workspace once a day, the first time at the start. */
  async #askForAll(): Promise<void> {
    for (const { id: workspaceId, time_zone: timeZone } of await listWorkspaces(this.#database.db)) {
      const today = this.#today(timeZone);
      if (this.#askedOn.get(workspaceId) === today) continue;
      this.#askedOn.set(workspaceId, today);
      await this.#ask({ workspaceId, kind: "load" });
    }
  }

  /**
   * Finds words and causes anew where a load has changed the cases, and judges the second fixes whose look has come. Resolves when it is asked for; a failure to ask is
   * noted in the log and nobody's loss, since every start asks again.
   */
  async request(workspaceName: string): Promise<void> {
    const asking = findWorkspace(this.#database.db, workspaceName)
      .then(async (workspace) => {
        if (workspace !== undefined) await this.#ask({ workspaceId: workspace.id, kind: "load" });
      })
      .catch((error: unknown) => console.error(error));
    this.#asking.add(asking);
    await asking.finally(() => this.#asking.delete(asking));
  }

  /** Finds causes from nothing, for a person to accept or discard. Nothing where one such run is under way already. */
  async propose(workspaceId: number, granularity: Granularity): Promise<void> {
    const open = await listOpenJobs(this.#database.db, workspaceId);
    if (open.some(({ kind, active }) => kind === "proposal" && active)) return;
    await this.#ask({ workspaceId, kind: "proposal", granularity });
  }

  /** Ends what is under way or waits in a workspace, in any process; nothing of it is kept. It is asked for again like any other. */
  async cancel(workspaceId: number): Promise<void> {
    const { db } = this.#database;
    const open = await listOpenJobs(db, workspaceId);
    const jobs = await this.#join();
    await jobs.cancel(open.map(({ id }) => id));
    const told = open.find(({ active }) => active) ?? open[0];
    if (told !== undefined) await noteOutcome(db, told, "cancelled", cancelledSentence);
    if (open.some(({ id }) => id === this.#running?.id))
      this.#running?.stop.abort(new Error(cancelledSentence));
  }

  /** Resolves when nothing waits or is under way, in any process. */
  async idle(): Promise<void> {
    await Promise.all(this.#asking);
    while (this.#running !== undefined || (await this.#hasOpenJobs())) await this.#aMoment();
  }

  /** Ends what is under way, and gives it back for another process, or the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("The program was stopped."));
    await Promise.all(this.#asking);
    await this.#running?.done.catch(() => undefined);
    await (await this.#jobs)?.close();
  }

  async #hasOpenJobs(): Promise<boolean> {
    const isStopped = this.#stopping.signal.aborted;
    return this.#jobs !== undefined && !isStopped && (await listOpenJobs(this.#database.db)).length > 0;
  }

  async #aMoment(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async #ask(wish: JobWish): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await (await this.#work()).ask(wish);
  }

  async #work(): Promise<SharedJobs> {
    const jobs = await this.#join();
    await (this.#working ??= jobs.work(this.#do));
    return jobs;
  }

  #join(): Promise<SharedJobs> {
    return (this.#jobs ??= SharedJobs.open(this.#database));
  }

  readonly #do: DoJob = async (job, claim) => {
    const workspace = await findWorkspaceById(this.#database.db, job.wish.workspaceId);
    if (workspace === undefined) return;
    this.#stopping.signal.throwIfAborted();
    const stop = new AbortController();
    const done = this.#run({ id: job.id, ...job.wish }, workspace, stop);
    this.#running = { id: job.id, stop, done };
    claim.addEventListener("abort", () => void this.#lose(job.id, stop));
    try {
      await done;
    } finally {
      this.#running = undefined;
    }
  };

  /** Ends a job that is no longer this process's. */
  async #lose(id: string, stop: AbortController): Promise<void> {
    const wasCancelled = await isCancelled(this.#database.db, id).catch(() => false);
    stop.abort(new Error(wasCancelled ? cancelledSentence : "Another process does it."));
  }

  async #run(job: JobWish & { id: string }, workspace: Workspace, stop: AbortController): Promise<void> {
    const { db } = this.#database;
    const signal = AbortSignal.any([stop.signal, this.#stopping.signal]);
    await beginProgress(db, job);
    const notes = new ProgressNotes(db, job);
    try {
      await endInterruptedAnalysesOf(db, workspace.id);
      await this.#doWish(job, workspace, { signal, onProgress: notes.add });
      await notes.end();
      await endProgress(db, job);
    } catch (error) {
      await notes.end();
      if (this.#stopping.signal.aborted) {
        await endProgress(db, job);
        throw error; // gives it back
      }
      if (!signal.aborted)
        await noteOutcome(db, job, "failed", error instanceof Error ? error.message : String(error));
    }
    if (!this.#stopping.signal.aborted) await this.#afterwards(workspace.name).catch(() => undefined);
  }

  async #doWish(
    { kind, granularity }: JobWish,
    workspace: Workspace,
    beside: { signal: AbortSignal; onProgress: ProgressNotes["add"] },
  ): Promise<void> {
    const around = { ...beside, embedder: this.#embedder };
    if (kind === "load") {
      await settleLoad(this.#database, workspace.name, around);
      await judgeFixes(this.#database.db, workspace.id, {
        today: this.#today(workspace.time_zone),
        ...around,
      });
    } else
      await analyse(this.#database.db, workspace, { cold: true, proposes: true, granularity, ...around });
  }
}
