import { parentPort, workerData } from "node:worker_threads";
import { type PrepareTask, preparedBatches, type SourceBatch } from "./prepared-batches.ts";

export type ToPreparer = "next" | "stop";

/** What the thread answers when it is asked for the next batch. */
export type FromPreparer =
  | { kind: "batch"; batch: SourceBatch }
  | { kind: "end" }
  | { kind: "failed"; name: string; message: string };

/** The thread that reads a file, so that pages stay quick while it is loaded. One batch is made each time one is asked for. */
if (parentPort === null) throw new Error("prepare-worker.ts is a worker thread, not a program");
const port = parentPort;
const task: PrepareTask = workerData;
const batches = preparedBatches(task);

port.on("message", (wanted: ToPreparer) => {
  if (wanted === "stop") {
    port.close();
    void batches.return();
    return;
  }
  batches.next().then(
    ({ value, done }) => tell(done === true ? { kind: "end" } : { kind: "batch", batch: value }),
    (error: unknown) => tell(failureOf(error)),
  );
});

function tell(message: FromPreparer): void {
  port.postMessage(message);
  if (message.kind !== "batch") port.close();
}

function failureOf(error: unknown): FromPreparer {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  return { kind: "failed", name, message };
}
