import type { Granularity } from "#analytics/causes/granularity.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findWorkspace, listWorkspaces } from "#db/workspaces.ts";
import { type AnalysisProgress, analyse } from "./analyse.ts";
import { settleLoad } from "./settle-load.ts";
import { TimeLeft } from "./time-left.ts";

/** What a run is for: the cases that a load brought, or a proposal that a person asked for. */
export type AnalysisKind = "load" | "proposal";

export type AnalysisStatus =
  | { state: "idle" }
  | { state: "waiting" }
  | {
      state: "running";
      kind: AnalysisKind;
      stage: string;
      share: number;
      /** `null` until it can be known. */
      secondsLeft: number | null;
    }
  | { state: "cancelled"; kind: AnalysisKind }
  | { state: "failed"; reason: string };

interface Running {
  kind: AnalysisKind;
  stage: string;
  share: number;
  timeLeft: TimeLeft;
  stop: AbortController;
}

type Work = (beside: { signal: AbortSignal; onProgress: AnalysisProgress }) => Promise<unknown>;

type Afterwards = (workspaceName: string) => Promise<unknown>;

/** Does what loads leave to do, and finds causes anew, in the background: one after the other, so that pages stay quick. */
export class AnalysisQueue {
  readonly #database: OpenDatabase;
  readonly #embedder: string | undefined;
  readonly #afterwards: Afterwards;
  /** How the last work of a workspace ended, where there is something to say of it. */
  readonly #ended = new Map<string, AnalysisStatus>();
  readonly #waiting = new Map<string, Set<AnalysisKind>>();
  readonly #running = new Map<string, Running>();
  readonly #stopping = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  /**
   * @param embedder folder of the sentence model that is set
   * @param afterwards done after each work, of which no status tells; what it throws is nobody's loss
   */
  constructor(
    database: OpenDatabase,
    { embedder, afterwards }: { embedder?: string | undefined; afterwards: Afterwards },
  ) {
    this.#database = database;
    this.#embedder = embedder;
    this.#afterwards = afterwards;
  }

  status(workspaceName: string): AnalysisStatus {
    const running = this.#running.get(workspaceName);
    if (running !== undefined) {
      const { kind, stage, share, timeLeft } = running;
      return { state: "running", kind, stage, share, secondsLeft: timeLeft.secondsAt(performance.now()) };
    }
    if ((this.#waiting.get(workspaceName)?.size ?? 0) > 0) return { state: "waiting" };
    return this.#ended.get(workspaceName) ?? { state: "idle" };
  }

  /** Every workspace that was loaded into after its causes were last found. */
  async requestWhereNeeded(): Promise<void> {
    for (const workspace of await listWorkspaces(this.#database.db)) this.request(workspace.name);
  }

  /** Finds words and causes anew where a load has changed the cases. Failures are kept as a status, never thrown. */
  request(workspaceName: string): void {
    const embedder = this.#embedder;
    this.#enqueue(workspaceName, "load", (beside) =>
      settleLoad(this.#database, workspaceName, { embedder, ...beside }),
    );
  }

  /** Finds causes from nothing, for a person to accept or discard. Nothing where one such run is under way already. */
  propose(workspaceName: string, granularity: Granularity): void {
    if (this.#running.get(workspaceName)?.kind === "proposal") return;
    this.#enqueue(workspaceName, "proposal", async (beside) => {
      const workspace = await findWorkspace(this.#database.db, workspaceName);
      if (workspace === undefined) return;
      const asked = { cold: true, proposes: true, granularity, embedder: this.#embedder };
      await analyse(this.#database.db, workspace, { ...asked, ...beside });
    });
  }

  /** Ends what is under way or waits in a workspace; nothing of it is kept. It is asked for again like any other. */
  cancel(workspaceName: string): void {
    const waiting = this.#waiting.get(workspaceName);
    const [first] = waiting ?? [];
    if (first !== undefined) this.#ended.set(workspaceName, { state: "cancelled", kind: first });
    waiting?.clear();
    this.#running.get(workspaceName)?.stop.abort(new Error("A person cancelled it."));
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  /** Ends what is under way; what loads left to do is found again at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("The program was stopped."));
    await this.idle();
  }

  #enqueue(workspaceName: string, kind: AnalysisKind, work: Work): void {
    const waiting = this.#waiting.get(workspaceName) ?? new Set();
    if (waiting.has(kind)) return;
    this.#waiting.set(workspaceName, waiting.add(kind));
    this.#tail = this.#tail.then(() => this.#run(workspaceName, kind, work));
  }

  async #run(workspaceName: string, kind: AnalysisKind, work: Work): Promise<void> {
    const isWanted = this.#waiting.get(workspaceName)?.delete(kind) === true;
    if (!isWanted || this.#stopping.signal.aborted) return;
    const running: Running = {
      kind,
      stage: "Reading the cases",
      share: 0,
      timeLeft: new TimeLeft(),
      stop: new AbortController(),
    };
    this.#running.set(workspaceName, running);
    const signal = AbortSignal.any([running.stop.signal, this.#stopping.signal]);
    const onProgress: AnalysisProgress = (stage, share) => {
      running.timeLeft.report(performance.now(), share);
      Object.assign(running, { stage, share });
    };
    try {
      await work({ signal, onProgress });
      this.#ended.delete(workspaceName);
    } catch (error) {
      this.#ended.set(
        workspaceName,
        signal.aborted
          ? { state: "cancelled", kind }
          : { state: "failed", reason: error instanceof Error ? error.message : String(error) },
      );
    } finally {
      this.#running.delete(workspaceName);
    }
    if (!this.#stopping.signal.aborted) await this.#afterwards(workspaceName).catch(() => undefined);
  }
}
