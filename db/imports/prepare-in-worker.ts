import { once } from "node:events";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { BadInput } from "./bad-input.ts";
import type { FromPreparer, ToPreparer } from "./prepare-worker.ts";
import { type PrepareTask, preparedBatches, type SourceBatch } from "./prepared-batches.ts";

/** Up to this size a file is read in less time than a thread takes to start. */
const smallBytes = 256 * 1024;

/** With a young heap of a third of that a load takes 5 % longer; left to itself, it takes more memory for nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 1024 };

/** The batches of a file, made in a thread of their own where the file is not small. @throws BadInput */
export function batchesOf(task: PrepareTask, textBytes: number): AsyncGenerator<SourceBatch, void> {
  return textBytes <= smallBytes ? preparedBatches(task) : inWorker(task);
}

async function* inWorker(task: PrepareTask): AsyncGenerator<SourceBatch, void> {
  // By its import name, so that this also works from a bundle elsewhere in the package.
  const file = createRequire(import.meta.url).resolve("#db/imports/prepare-worker.ts");
  const worker = new Worker(file, { workerData: task, resourceLimits });
  const ended = once(worker, "exit").catch(() => undefined); // its error is thrown below
  try {
    for (;;) {
      ask(worker, "next");
      // Rejects with the thread's own error.
      const [answer] = (await once(worker, "message")) as [FromPreparer]; // what prepare-worker.ts posts
      if (answer.kind === "end") return;
      if (answer.kind === "failed") throw revived(answer);
      yield answer.batch;
    }
  } finally {
    // It ends by itself: to end a thread by force while it ends, or another begins, may crash Node (nodejs/node#56312).
    ask(worker, "stop");
    await ended;
  }
}

function ask(worker: Worker, what: ToPreparer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker.postMessage(what);
}

function revived({ name, message }: { name: string; message: string }): Error {
  return name === "BadInput" ? new BadInput(message) : Object.assign(new Error(message), { name });
}
