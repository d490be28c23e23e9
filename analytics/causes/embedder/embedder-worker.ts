import { parentPort, workerData } from "node:worker_threads";
import { standBack } from "../../thread-priority.ts";
import { embedCases } from "./embed-cases.ts";
import type { ThreadAnswer, ThreadQuestion } from "./embedder-thread.ts";
import { openEmbedder } from "./open-embedder.ts";

/** The other end of `EmbedderThread`: says which model it is, then answers one question after the other. */
if (parentPort === null) throw new Error("embedder-worker.ts runs only as a worker of EmbedderThread.");
const port = parentPort;
standBack("background");
const post = (answer: ThreadAnswer) => port.postMessage(answer);

const folder: string = workerData;
const embedder = await openEmbedder(folder);
post({ kind: "open", id: embedder.id });
let answered: Promise<void> = Promise.resolve();
port.on("message", ({ number, cases, blankNames }: ThreadQuestion) => {
  answered = answered.then(async () => {
    try {
      post({ kind: "embeddings", number, embeddings: await embedCases(cases, embedder, { blankNames }) });
    } catch (error) {
      post({ kind: "failed", number, reason: error instanceof Error ? error.message : String(error) });
    }
  });
});
