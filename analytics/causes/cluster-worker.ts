import { availableParallelism } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { clusterCases } from "./cluster-cases.ts";
import type { WorkerInput, WorkerMessage } from "./cluster-in-worker.ts";
import { loadKernels } from "./load-kernels.ts";
import { loadWordVectors } from "./load-word-vectors.ts";
import { openTeam } from "./team-of-threads.ts";

/** More hardly help: half of a run is one thread's work. */
const mostThreads = 4;
/** For fewer cases, to start other threads takes as long as they save. */
const fewestForThreads = 2_000;

/** The other end of `clusterInWorker`: one clustering, then the end. What it throws reaches the caller as it is. */
if (parentPort === null) throw new Error("cluster-worker.ts runs only as a worker of clusterInWorker.");
const port = parentPort;
const post = (message: WorkerMessage) => port.postMessage(message);

const { cases, options }: WorkerInput = workerData;
const onProgress = (stage: string, share: number) => post({ kind: "progress", stage, share });
const team = openTeam(cases.length < fewestForThreads ? 1 : Math.min(mostThreads, availableParallelism()));
const means = { team, simd: loadKernels() };
post({
  kind: "clustering",
  clustering: clusterCases(cases, { ...options, wordVectors: loadWordVectors(), means, onProgress }),
});
team.close();
