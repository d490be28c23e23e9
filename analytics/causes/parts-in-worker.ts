import { Worker } from "node:worker_threads";
import type { CaseText } from "./cluster-cases.ts";
import type { CausePart } from "./propose-parts.ts";

export interface PartsInput {
  cases: readonly CaseText[];
  blankNames: readonly string[];
}

/** `proposeParts` on a thread of its own, so that a server goes on answering. An error of the engine is passed on. */
export async function partsInWorker(input: PartsInput): Promise<CausePart[]> {
  const worker = new Worker(new URL("./parts-worker.ts", import.meta.url), { workerData: input });
  const { promise, resolve, reject } = Promise.withResolvers<CausePart[]>();
  let parts: CausePart[] | undefined;
  worker.on("message", (message: CausePart[]) => {
    parts = message;
  });
  worker.on("error", reject);
  // By itself: to end a thread by force while it ends may crash Node (nodejs/node#56312).
  worker.on("exit", (code) =>
    parts === undefined
      ? reject(new Error(`The thread that looks for parts ended with code ${code} before it had any.`))
      : resolve(parts),
  );
  return promise;
}
