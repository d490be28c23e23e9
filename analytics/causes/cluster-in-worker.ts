import { Worker } from "node:worker_threads";
import type { CaseText, Clustering, ClusterOptions } from "./cluster-cases.ts";

/** Cases in order of their ids, some at a time. */
export type CaseBatches = Iterable<readonly CaseText[]> | AsyncIterable<readonly CaseText[]>;

/** What the worker begins with. */
export interface WorkerInput {
  options: Omit<ClusterOptions, "onProgress" | "wordVectors" | "means" | "embeddings">;
  embedder: EmbedderChoice | undefined;
}

/** A sentence model to compare texts by. */
export interface EmbedderChoice {
  folder: string;
  /** What it was when it was chosen; another one by now is an error. */
  id: string;
}

/** What the worker is sent, one for each time it asks for more; `null`: there are no more. */
export type WorkerBatch = readonly CaseText[] | null;

export type WorkerMessage =
  | { kind: "more" }
  | { kind: "progress"; stage: string; share: number }
  | { kind: "clustering"; clustering: Clustering };

/**
 * `clusterCases` on a thread of its own, so that a server goes on answering. The thread ends with the promise, also when
 * `signal` ends it early (the promise then rejects with the signal's reason). An error of the engine, or of `batches`, is
 * passed on. A batch is asked for when the one before has been read, so that nobody holds the texts of all.
 */
export async function clusterInWorker(
  batches: CaseBatches,
  {
    onProgress,
    signal,
    embedder,
    ...options
  }: Omit<ClusterOptions, "wordVectors" | "means" | "embeddings"> & {
    signal?: AbortSignal;
    embedder?: EmbedderChoice | undefined;
  },
): Promise<Clustering> {
  signal?.throwIfAborted();
  const workerData: WorkerInput = { options, embedder };
  const worker = new Worker(new URL("./cluster-worker.ts", import.meta.url), { workerData });
  const { promise, resolve, reject } = Promise.withResolvers<Clustering>();
  const stop = () => reject(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const waiting = batchesOneByOne(batches);
  const send = async () => {
    const { value = null } = await waiting.next();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(value satisfies WorkerBatch);
  };
  worker.on("message", (message: WorkerMessage) => {
    if (message.kind === "clustering") return resolve(message.clustering);
    if (message.kind === "more") return void send().catch(reject);
    try {
      onProgress?.(message.stage, message.share);
    } catch (error) {
      reject(error); // thrown from an event it would end the process
    }
  });
  const ended = new Promise((resolveEnd) => worker.once("exit", resolveEnd));
  worker.on("error", reject);
  worker.on("exit", (code) =>
    reject(new Error(`The clustering thread ended with code ${code} before it had a result.`)),
  );
  try {
    const clustering = await promise;
    await ended; // by itself: to end a thread by force while it ends may crash Node (nodejs/node#56312)
    return clustering;
  } finally {
    signal?.removeEventListener("abort", stop);
    await worker.terminate();
    await waiting.return(undefined);
  }
}

async function* batchesOneByOne(batches: CaseBatches): AsyncGenerator<readonly CaseText[], undefined> {
  yield* batches;
}
