import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { AssignedCase } from "./assign-cases.ts";
import type { CaseText } from "./cluster-cases.ts";
import type { Embeddings } from "./embeddings.ts";

/** Some cases, and what the sentence model of the run makes of them. */
export interface CasesToAssign {
  cases: readonly CaseText[];
  embeddings: Embeddings | null;
}

/** Where a case belongs, out of sample. */
export interface Placed {
  /** Index in the clusters of the run; -1: none. */
  cluster: number;
  /** Of an emerging case the cluster of the most similar text that has one; -1: it is not emerging, or there is none. */
  nearest: number;
}

/** `assignCases` out of sample, batch by batch on a thread of its own, so that a server goes on answering. */
export interface OutOfSampleThread {
  /** In the order of the cases. One batch at a time. */
  place(batch: CasesToAssign): Promise<Placed[]>;
  close(): Promise<void>;
}

/** @param content bytes of an assigner that this version reads */
export function openOutOfSampleThread(content: Uint8Array): OutOfSampleThread {
  const worker = new Worker(new URL("./assign-worker.ts", import.meta.url), { workerData: content });
  const failed = once(worker, "error").then(([error]) => {
    throw error;
  });
  failed.catch(() => undefined); // told to whoever waits for a batch
  return {
    async place(batch) {
      const answer = once(worker, "message");
      worker.postMessage(batch, []); // nothing is handed over: all of it is copied
      const [found] = (await Promise.race([answer, failed])) as [Placed[]]; // by assign-worker.ts
      return found;
    },
    async close() {
      // By itself: to end a thread by force while it ends may crash Node (nodejs/node#56312).
      const exit = once(worker, "exit");
      worker.postMessage(null, []);
      await exit;
    },
  };
}

/** What of an assigned case a verdict counts. */
export function placed({ cluster, unassignedBecause, nearest }: AssignedCase): Placed {
  if (unassignedBecause !== "few_alike") return { cluster, nearest: -1 };
  return { cluster, nearest: nearest.find((voter) => voter.cluster >= 0)?.cluster ?? -1 };
}
