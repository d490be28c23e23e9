import { Worker } from "node:worker_threads";
import {
  type AnyPages,
  asPlainData,
  type FromPageThread,
  type ToPageThread,
} from "#app/pages/serve-pages.ts";
import { sharedWeight } from "#app/pages/shared-weight.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { badRequest, unavailable } from "./http-errors.ts";
import { RememberedPages } from "./remembered-pages.ts";

/** What a page is given beside the snapshot, and what it gives. */
export type AskedOf<Page extends AnyPages[string]> = Parameters<Page>[1];
export type ShownBy<Page extends AnyPages[string]> = ReturnType<Page>;

interface Job {
  name: string;
  snapshot: Snapshot;
  asked: unknown;
  isLong: boolean;
  resolve(shown: unknown): void;
  reject(reason: unknown): void;
}

/**
 * Computes pages on two threads, so that no request waits for a pass over all cases of another. The columns are shared
 * memory: a thread is handed each snapshot once, by its dictionaries, and drops it when this thread has.
 *
 * Two: the first takes quick pages alone, so that they never wait for one that takes seconds; the second takes long ones
 * too, all of them, so that what they find and keep is found once. More would not help on the smallest machines that
 * this is for, where two already share their processors with this thread and the database, and each costs 20 MB.
 */
export class PageThreads<Pages extends AnyPages> {
  readonly #longPages: ReadonlySet<keyof Pages>;
  readonly #rememberedPages: ReadonlySet<keyof Pages>;
  readonly #remembered = new RememberedPages();
  readonly #threads: readonly PageThread[];
  readonly #known = new WeakMap<Snapshot, { id: number; weight: ArrayBuffer }>();
  readonly #gone: FinalizationRegistry<number>;
  #snapshots = 0;
  #waiting: Job[] = [];
  #isStopped = false;

  /**
   * Threads start when they are first needed.
   * @param worker a file that calls `servePages` with these very pages
   * @param options.remembered pages of which the last ones are kept: their question is plain JSON, and nobody may change
   * what they show
   */
  constructor(
    worker: URL,
    { long, remembered }: { long: ReadonlySet<keyof Pages>; remembered: ReadonlySet<keyof Pages> },
  ) {
    this.#longPages = long;
    this.#rememberedPages = remembered;
    const goOn = () => this.#assign();
    this.#threads = [new PageThread(worker, false, goOn), new PageThread(worker, true, goOn)];
    this.#gone = new FinalizationRegistry((id) => {
      for (const thread of this.#threads) thread.drop(id);
    });
  }

  /**
   * @param signal drops the page while it waits for a thread; one that is under way is finished all the same
   * @throws a bad request for a filter that can't be; "unavailable" where the thread dies; else what the page throws
   */
  compute<Name extends keyof Pages & string>(
    name: Name,
    snapshot: Snapshot,
    asked: AskedOf<Pages[Name]>,
    signal?: AbortSignal,
  ): Promise<ShownBy<Pages[Name]>> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const remembered = this.#rememberedPages.has(name) ? this.#remembered : undefined;
    const known = remembered?.get(snapshot, name, asked);
    const job: Job = {
      name,
      snapshot,
      asked,
      isLong: this.#longPages.has(name),
      resolve: (shown) => {
        remembered?.keep(snapshot, { name, asked, shown });
        resolve(shown);
      },
      reject,
    };
    if (this.#isStopped) reject(unavailable("The server is about to end. Try again in a moment."));
    else if (signal?.aborted) reject(signal.reason);
    else if (known !== undefined) resolve(known);
    else {
      this.#waiting.push(job);
      const leave = () => {
        if (!this.#waiting.includes(job)) return;
        this.#waiting = this.#waiting.filter((other) => other !== job);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.#assign();
    }
    return promise as Promise<ShownBy<Pages[Name]>>; // the thread called the page of that name
  }

  /** Takes no more pages, and returns when those under way are done and the threads have ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const left = this.#waiting;
    this.#waiting = [];
    for (const { reject } of left) reject(unavailable("The server is about to end. Try again in a moment."));
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #assign(): void {
    for (const thread of this.#threads) {
      if (thread.isBusy) continue;
      const job = this.#waiting.find(({ isLong }) => thread.takesLong || !isLong);
      if (job === undefined) continue;
      this.#waiting = this.#waiting.filter((other) => other !== job);
      thread.run(job, this.#idOf(job.snapshot));
    }
  }

  #idOf(snapshot: Snapshot): number {
    const known = this.#known.get(snapshot);
    if (known !== undefined) return known.id;
    const id = ++this.#snapshots;
    this.#known.set(snapshot, { id, weight: sharedWeight(snapshot) });
    this.#gone.register(snapshot, id);
    return id;
  }
}

/** One thread after another: where one dies, the next page starts a new one. */
class PageThread {
  readonly takesLong: boolean;
  readonly #file: URL;
  readonly #onFree: () => void;
  readonly #taken = new Set<number>();
  #worker: Worker | undefined;
  #job: Job | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(file: URL, takesLong: boolean, onFree: () => void) {
    this.#file = file;
    this.takesLong = takesLong;
    this.#onFree = onFree;
  }

  get isBusy(): boolean {
    return this.#job !== undefined;
  }

  run(job: Job, snapshotId: number): void {
    this.#job = job;
    try {
      this.#worker ??= this.#start();
      if (!this.#taken.has(snapshotId))
        this.#tell({ kind: "take", snapshotId, snapshot: asPlainData(job.snapshot) });
      this.#taken.add(snapshotId);
      this.#tell({ kind: "compute", name: job.name, snapshotId, asked: job.asked });
    } catch (error) {
      this.#settle({ failed: error }); // what was asked for is no plain data
    }
  }

  drop(snapshotId: number): void {
    if (this.#taken.delete(snapshotId)) this.#tell({ kind: "drop", snapshotId });
  }

  /** By itself: to end a thread by force while it ends may crash Node (nodejs/node#56312). */
  end(): Promise<void> {
    this.#tell({ kind: "end" });
    return this.#ended;
  }

  #tell(message: ToPageThread): void {
    this.#worker?.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    let why: unknown = "it ended";
    worker.on("message", (answer: FromPageThread) => this.#settle(answer));
    worker.on("error", (error) => {
      why = error;
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = promise;
    worker.on("exit", () => {
      this.#worker = undefined;
      this.#taken.clear();
      if (this.#job !== undefined) this.#settle({ failed: lost(this.#job, why) });
      resolve();
    });
    return worker;
  }

  #settle(answer: FromPageThread): void {
    const job = this.#job;
    this.#job = undefined;
    if ("shown" in answer) job?.resolve(answer.shown);
    else job?.reject("refused" in answer ? badRequest(answer.refused) : answer.failed);
    this.#onFree();
  }
}

function lost({ name }: Job, why: unknown): Response {
  console.error(`The thread that computed the page “${name}” has died:`, why);
  return unavailable(
    "The page could not be computed: it took more memory than there is, or its thread was ended. A shorter period takes less. The server's log has the reason.",
  );
}
