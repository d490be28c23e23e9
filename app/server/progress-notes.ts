import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout } from "node:timers/promises";
import { noteProgress, type OpenJob } from "#db/queries/job-states.ts";
import type { Database } from "#db/schema.ts";
import { TimeLeft } from "./time-left.ts";

/** Pages ask every second. */
const leastMilliseconds = 500;

/**
 * Notes how far a job has come where every process can read it: at most twice a second, one note at a time, the newest
 * always. Whoever reports does not wait for it, and may hold a connection: the note is made outside of that.
 */
export class ProgressNotes {
  readonly #write: () => Promise<void>;
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #timeLeft = new TimeLeft();
  #newest = { stage: "", share: 0 };
  #writing: Promise<void> | undefined;
  #isNew = false;
  readonly #ended = new AbortController();

  constructor(db: Database, job: Omit<OpenJob, "active">) {
    this.#write = () => {
      this.#isNew = false;
      const secondsLeft = this.#timeLeft.secondsAt(performance.now());
      return noteProgress(db, job, { ...this.#newest, secondsLeft });
    };
  }

  /** @param share of the whole work that is done, 0 to 1 */
  readonly add = (stage: string, share: number): void => {
    this.#timeLeft.report(performance.now(), share);
    this.#newest = { stage, share };
    this.#isNew = true;
    this.#writing ??= this.#outside(() => this.#writeNewest());
  };

  /** Resolves when none is being made; none is made after. */
  async end(): Promise<void> {
    this.#ended.abort();
    await this.#writing;
  }

  /** A note that cannot be made is left out: the next one may succeed, and the job tells of a database that is gone. */
  async #writeNewest(): Promise<void> {
    const { signal } = this.#ended;
    while (this.#isNew && !signal.aborted) {
      await this.#write().catch(() => undefined);
      await setTimeout(leastMilliseconds, undefined, { signal }).catch(() => undefined);
    }
    this.#writing = undefined;
  }
}
