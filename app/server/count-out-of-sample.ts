import { openOutOfSampleThread } from "#analytics/causes/assign-in-worker.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import { parseDay } from "#analytics/period.ts";
import type { AssignedCases } from "#analytics/second-fix/evidence-of-cases.ts";
import { findAssigner, listCauseOfCluster } from "#db/queries/assigners.ts";
import { countCases } from "#db/queries/count-cases.ts";
import { batchesWithDays } from "#db/queries/days-of-cases.ts";
import type { Database } from "#db/schema.ts";
import { openRunEmbedder } from "./run-embedder.ts";

/** Every case of a workspace as the current run's frozen assigner sees it. */
export interface CountedOutOfSample {
  runId: number;
  /** The method of that run. */
  methodId: string;
  /** The causes that the assigner knows: no other can be counted. */
  causeIds: ReadonlySet<number>;
  cases: AssignedCases;
}

/**
 * Assigns all cases out of sample, so that the weeks before a fix and those after it are counted by one rule that neither has
 * made. Some 20 bytes a case while it lasts. A sentence says why it can't be done: no run has left an assigner, or its sentence model is not here.
 */
export async function countOutOfSample(
  db: Database,
  workspaceId: number,
  {
    embedder,
    signal,
    onProgress,
  }: {
    embedder?: string | undefined;
    signal?: AbortSignal | undefined;
    onProgress?: (share: number) => void;
  } = {},
): Promise<CountedOutOfSample | string> {
  const stored = await findAssigner(db, workspaceId);
  const assigner = stored === undefined ? null : parseAssigner(stored.content);
  if (stored === undefined || assigner === null)
    return "The current run of the cause engine has left nothing to count both windows by. Find the causes anew.";
  const runEmbedder = await openRunEmbedder(assigner, embedder);
  if (typeof runEmbedder === "string") return runEmbedder;
  const causeOf = await listCauseOfCluster(db, workspaceId, stored.runId);
  const cases = emptyColumns(await countCases(db, workspaceId));
  const thread = openOutOfSampleThread(stored.content);
  try {
    let next = 0;
    for await (const batch of batchesWithDays(db, workspaceId)) {
      signal?.throwIfAborted();
      onProgress?.(cases.days.length === 0 ? 1 : next / cases.days.length);
      const texts = batch.map(({ item }) => item);
      const placed = await thread.place({ cases: texts, embeddings: await runEmbedder.embeddingsOf(texts) });
      placed.forEach(({ cluster, nearest }, i) => {
        if (next === cases.days.length) return; // loaded since the count: the next look has it
        cases.days[next] = parseDay(batch[i]!.day)!; // a date of the database
        cases.causes[next] = causeOf[cluster] ?? 0;
        cases.nearest[next++] = causeOf[nearest] ?? 0;
      });
    }
    return {
      runId: stored.runId,
      methodId: assigner.method,
      causeIds: new Set(causeOf),
      cases: firstOf(cases, next),
    };
  } finally {
    await thread.close();
    await runEmbedder.close();
  }
}

function emptyColumns(size: number): AssignedCases {
  return { days: new Int32Array(size), causes: new Int32Array(size), nearest: new Int32Array(size) };
}

function firstOf({ days, causes, nearest }: AssignedCases, count: number): AssignedCases {
  return {
    days: days.subarray(0, count),
    causes: causes.subarray(0, count),
    nearest: nearest.subarray(0, count),
  };
}
