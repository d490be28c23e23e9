import { Worker } from "node:worker_threads";
import type { CaseText } from "../cluster-cases.ts";
import type { Embeddings } from "../embeddings.ts";

export interface ThreadQuestion {
  number: number;
  cases: readonly Pick<CaseText, "caseId" | "text">[];
  blankNames: readonly string[];
}
export type ThreadAnswer =
  | { kind: "open"; id: string }
  | { kind: "embeddings"; number: number; embeddings: Embeddings }
  | { kind: "failed"; number: number; reason: string };

/**
 * A sentence model on a thread of its own, so that a server goes on answering while a text goes through it. It is held
 * until it is closed, and keeps no process alive that has nothing else to do.
 */
export class EmbedderThread {
  /** Which model it is. */
  readonly id: string;
  readonly #worker: Worker;
  readonly #asked = new Map<number, PromiseWithResolvers<Embeddings>>();
  #number = 0;
  /** Why it ended; `null`: it has not. */
  #ended: unknown = null;

  /** @throws Error where the model in the folder cannot be used, with what is wrong */
  static async open(folder: string): Promise<EmbedderThread> {
    const worker = new Worker(new URL("./embedder-worker.ts", import.meta.url), { workerData: folder });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    worker.once("message", (answer: ThreadAnswer) => answer.kind === "open" && resolve(answer.id));
    worker.once("error", reject);
    worker.once("exit", (code) => reject(endedEarly(code)));
    return new EmbedderThread(worker, await promise);
  }

  private constructor(worker: Worker, id: string) {
    this.id = id;
    this.#worker = worker;
    worker.on("message", (answer: ThreadAnswer) => this.#hear(answer));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", (code) => this.#fail(endedEarly(code)));
    worker.unref();
  }

  /** The sentence vectors of cases. */
  embed(cases: ThreadQuestion["cases"], blankNames: readonly string[]): Promise<Embeddings> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const number = this.#number++;
    const asked = Promise.withResolvers<Embeddings>();
    this.#asked.set(number, asked);
    const worker = this.#worker;
    worker.ref(); // somebody waits for it
    const texts = cases.map(({ caseId, text }) => ({ caseId, text }));
    const question: ThreadQuestion = { number, cases: texts, blankNames };
    worker.postMessage(question, []); // nothing is handed over: all of it is copied
    return asked.promise;
  }

  /** Ends it once it has answered. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#asked.values()].map(({ promise }) => promise));
    await this.#worker.terminate();
  }

  #hear(answer: ThreadAnswer): void {
    if (answer.kind === "open") return;
    const asked = this.#asked.get(answer.number);
    this.#asked.delete(answer.number);
    if (this.#asked.size === 0) this.#worker.unref();
    if (answer.kind === "embeddings") asked?.resolve(answer.embeddings);
    else asked?.reject(new Error(answer.reason));
  }

  #fail(error: unknown): void {
    this.#ended ??= error;
    for (const asked of this.#asked.values()) asked.reject(error);
    this.#asked.clear();
  }
}

function endedEarly(code: number): Error {
  return new Error(`The thread of the sentence model ended with code ${code} before it had an answer.`);
}
