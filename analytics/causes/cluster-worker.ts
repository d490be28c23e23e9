import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { standBack } from "../thread-priority.ts";
import { type CaseText, clusterRead, readingTexts } from "./cluster-cases.ts";
import type { EmbedderChoice, WorkerBatch, WorkerInput, WorkerMessage } from "./cluster-in-worker.ts";
import type { Embeddings } from "./embeddings.ts";
import { loadKernels } from "./load-kernels.ts";
import { loadWordVectors } from "./load-word-vectors.ts";
import { caseReader } from "./read-cases.ts";
import { openTeam } from "./team-of-threads.ts";

/** More hardly help: half of a run is one thread's work. */
const mostThreads = 4;
/** For fewer cases, to start other threads takes as long as they save. */
const fewestForThreads = 2_000;

/** The other end of `clusterInWorker`: one clustering, then the end. What it throws reaches the caller as it is. */
if (parentPort === null) throw new Error("cluster-worker.ts runs only as a worker of clusterInWorker.");
const port = parentPort;
standBack("background");
const post = (message: WorkerMessage) => port.postMessage(message);

const { options, embedder }: WorkerInput = workerData;
const shareOfEmbedder = embedder === undefined ? 0 : 0.9;
const onProgress = (stage: string, share: number) =>
  post({ kind: "progress", stage, share: shareOfEmbedder + (1 - shareOfEmbedder) * share });
if (embedder === undefined) onProgress(readingTexts, 0);
const { read, embeddings } = await readBatches();
const team = openTeam(
  read.cases.length < fewestForThreads ? 1 : Math.min(mostThreads, availableParallelism()),
);
const means = { team, simd: loadKernels() };
post({
  kind: "clustering",
  clustering: clusterRead(read, {
    ...options,
    wordVectors: loadWordVectors(),
    embeddings,
    means,
    onProgress,
  }),
});
team.close();

/** Only a sentence model needs the texts again. */
async function readBatches() {
  const reader = caseReader(options.blankNames ?? []);
  const kept: CaseText[] = [];
  for (;;) {
    post({ kind: "more" });
    const [batch]: WorkerBatch[] = await once(port, "message");
    if (batch == null) break;
    for (const item of batch) {
      reader.add(item);
      if (embedder !== undefined) kept.push(item);
    }
  }
  return {
    read: reader.finish(),
    embeddings: embedder === undefined ? null : await embedded(embedder, kept),
  };
}

/** The code that runs models is loaded here only: without a model it costs nothing. */
async function embedded({ folder, id }: EmbedderChoice, cases: readonly CaseText[]): Promise<Embeddings> {
  const { openEmbedder } = await import("./embedder/open-embedder.ts");
  const { embedCases } = await import("./embedder/embed-cases.ts");
  const opened = await openEmbedder(folder);
  if (opened.id !== id)
    throw new Error(
      `The sentence model in ${folder} is ${opened.id} now; expected ${id}, as when the run began.`,
    );
  const report = (share: number) =>
    post({
      kind: "progress",
      stage: "Reading the texts with the sentence model",
      share: shareOfEmbedder * share,
    });
  const found = await embedCases(cases, opened, { blankNames: options.blankNames ?? [], onProgress: report });
  await opened.close();
  return found;
}
