import { Worker } from "node:worker_threads";
import type { CaseText } from "./cluster-cases.ts";
import type { EmergingGroup } from "./emerging-groups.ts";

export interface GroupsInput {
  /** The assigner of the run, as it is stored. */
  assigner: Uint8Array;
  cases: readonly CaseText[];
  background: readonly CaseText[];
}

/**
 * `emergingGroups` on a thread of its own, so that a server goes on answering; none where another version of the engine
 * made the assigner. An error of the engine is passed on.
 */
export async function groupsInWorker(input: GroupsInput): Promise<EmergingGroup[]> {
  const worker = new Worker(new URL("./groups-worker.ts", import.meta.url), { workerData: input });
  const { promise, resolve, reject } = Promise.withResolvers<EmergingGroup[]>();
  let groups: EmergingGroup[] | undefined;
  worker.on("message", (message: EmergingGroup[]) => {
    groups = message;
  });
  worker.on("error", reject);
  // By itself: to end a thread by force while it ends may crash Node (nodejs/node#56312).
  worker.on("exit", (code) =>
    groups === undefined
      ? reject(new Error(`The thread that gathers emerging cases ended with code ${code} before it had any.`))
      : resolve(groups),
  );
  return promise;
}
