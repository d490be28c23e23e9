import { Worker } from "node:worker_threads";
import type { CaseText, Clustering, ClusterOptions } from "./cluster-cases.ts";

/** What goes to the worker, and what comes back from it. */
export interface WorkerInput {
  cases: readonly CaseText[];
  options: Omit<ClusterOptions, "onProgress" | "wordVectors" | "means" | "embeddings">;
  embedder: EmbedderChoice | undefined;
}

/** A sentence model to compare texts by. */
export interface EmbedderChoice {
  folder: string;
  /** What it was when it was chosen; another one by now is an error. */
  id: string;
}

export type WorkerMessage =
  | { kind: "progress"; stage: string; share: number }
  | { kind: "clustering"; clustering: Clustering };

/**
 * `clusterCases` on a thread of its own, so that a server goes on answering. The thread ends with the promise, also when
 * `signal` ends it early (the promise then rejects with the signal's reason). An error of the engine is passed on.
 */
export async function clusterInWorker(
  cases: readonly CaseText[],
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
  const workerData: WorkerInput = { cases, options, embedder };
  const worker = new Worker(new URL("./cluster-worker.ts", import.meta.url), { workerData });
  const { promise, resolve, reject } = Promise.withResolvers<Clustering>();
  const stop = () => reject(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  worker.on("message", (message: WorkerMessage) => {
    if (message.kind === "clustering") return resolve(message.clustering);
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
  }
}
