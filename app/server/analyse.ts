import type { RunStart } from "#analytics/causes/anchors.ts";
import { defaultCategoryWords } from "#analytics/causes/category-words.ts";
import type { Clustering, ClusterOptions } from "#analytics/causes/cluster-cases.ts";
import {
  type CaseBatches,
  clusterInWorker,
  type EmbedderChoice,
} from "#analytics/causes/cluster-in-worker.ts";
import { type Granularity, granularityOf } from "#analytics/causes/granularity.ts";
import { methodIdOf } from "#analytics/causes/method.ts";
import { counted, gigabytesText } from "#app/format.ts";
import { listCompanyNames } from "#db/imports/store/queries.ts";
import { refreshStatistics } from "#db/maintenance.ts";
import { batchesForAnalysis, endAnalysis, loadAssignment, startAnalysis } from "#db/queries/analysis.ts";
import { loadAnchors } from "#db/queries/case-moves.ts";
import { findOwnCategoryWords } from "#db/queries/category-words.ts";
import { loadConfirmedCategories } from "#db/queries/confirmed-categories.ts";
import { countCases } from "#db/queries/count-cases.ts";
import { highestCauseId } from "#db/queries/highest-cause-id.ts";
import { findCurrentRun } from "#db/queries/runs.ts";
import { saveAnalysis } from "#db/queries/save-analysis.ts";
import type { Database } from "#db/schema.ts";
import { chooseEmbedder } from "./choose-embedder.ts";
import { identifyCauses } from "./identify-causes.ts";

export interface AnalysisReport {
  runId: number;
  /** The published run that it was compared with. */
  baseRunId: number | null;
  state: "published" | "proposed";
  granularity: Granularity;
  cases: number;
  causes: number;
  unassigned: number;
  seconds: number;
}

export type AnalysisProgress = (stage: string, share: number) => void;

const seed = 1;

export interface AnalysisOptions {
  /** Does not begin from the causes that are there: cases may move from one to another. */
  cold?: boolean;
  /** Keeps what it finds for a person to accept or discard. Where no run is published yet, it is published all the same. */
  proposes?: boolean;
  /** That of the published run unless said, and that of causes before there is one. */
  granularity?: Granularity | undefined;
  /** Folder of the sentence model that is set ({@link chooseEmbedder}). */
  embedder?: string | undefined;
  /** Ends it early: the promise rejects with the signal's reason, and nothing is kept but that it was cancelled. */
  signal?: AbortSignal;
  onProgress?: AnalysisProgress;
  /** Of the very cases that are stored, where it is under way already; the stored cases are read and clustered if not. */
  clustering?: Promise<Clustering>;
}

/**
 * One run of the cause engine over a workspace: reads the cases, clusters them in a worker thread, matches the
 * clusters to the causes that are there (so that a cause keeps its id, name and category), and publishes the run, or
 * keeps it as a proposal. What people have said of cases holds in it.
 */
export async function analyse(
  db: Database,
  workspace: { id: number },
  { onProgress, clustering, signal, proposes = false, cold = false, ...asked }: AnalysisOptions = {},
): Promise<AnalysisReport> {
  clustering?.catch(() => undefined); // awaited below, once the run is on record
  const started = performance.now();
  const published = await findCurrentRun(db, workspace.id);
  const baseRunId = published?.run_id ?? null;
  const before = baseRunId === null ? new Map() : await loadAssignment(db, workspace.id, baseRunId);
  const isWarm = !cold && clustering === undefined && (await tellsOfMost(db, workspace.id, before));
  const granularity =
    asked.granularity ?? (published === undefined ? "causes" : granularityOf(published.method_id));
  const anchors = await loadAnchors(db, workspace.id);
  const kept = cold ? null : (published?.method_id ?? null);
  const embedder = clustering === undefined ? await chooseEmbedder(asked.embedder, kept) : undefined;
  const runId = await startAnalysis(db, workspace.id, {
    methodId: [
      methodIdOf(granularity, embedder?.id),
      ...(isWarm ? [`from=${baseRunId}`] : []),
      ...(anchors.size > 0 ? [`anchors=${anchors.size}`] : []),
    ].join(" "),
    seed,
    baseRunId,
  });
  try {
    const found = await (clustering ??
      clusterStored(db, workspace.id, {
        onProgress,
        granularity,
        embedder,
        ...(signal && { signal }),
        before,
        anchors,
        cold: !isWarm,
        categoryWords: (await findOwnCategoryWords(db, workspace.id)) ?? defaultCategoryWords,
        confirmedCategories: await loadConfirmedCategories(db, workspace.id, before),
      }));
    const result = identifyCauses(found, before, await highestCauseId(db, workspace.id));
    const publishes = !proposes || baseRunId === null;
    signal?.throwIfAborted();
    await saveAnalysis(db, workspace.id, runId, {
      ...result,
      caseCount: found.assignments.size,
      publishes,
    });
    await refreshStatistics(db);
    return {
      runId,
      baseRunId,
      state: publishes ? "published" : "proposed",
      granularity,
      cases: found.assignments.size,
      causes: result.clusters.length,
      unassigned: found.assignments.size - result.assignments.length,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const state = signal?.aborted === true ? "cancelled" : "failed";
    await endAnalysis(db, workspace.id, runId, { state, failure });
    throw error;
  }
}

/** Where most cases are new, the causes that are there say little of them: a run does better without. */
async function tellsOfMost(db: Database, workspaceId: number, before: Map<string, number>): Promise<boolean> {
  return before.size > 0 && 2 * before.size >= (await countCases(db, workspaceId));
}

async function clusterStored(
  db: Database,
  workspaceId: number,
  given: Omit<ClusterSettings, "blankNames">,
): Promise<Clustering> {
  const bytes = bytesPerCase + (given.embedder === undefined ? 0 : bytesPerEmbedding);
  refuseTooMany(await countCases(db, workspaceId), process.availableMemory(), bytes);
  return cluster(batchesForAnalysis(db, workspaceId), {
    ...given,
    blankNames: await listCompanyNames(db, workspaceId),
  });
}

/** Measured: .5 GB for 100,000 cases of 60 words, 1.9 GB for 1,000,000; and what was found is held twice on its way. */
const bytesPerCase = 3_000;
/** A sentence vector of up to 1,024 numbers, and the half of that which its projection takes. */
const bytesPerEmbedding = 6_000;

/**
 * A run that does not fit into memory would end the whole server, pages and all.
 * @throws Error with what it takes and what there is
 */
export function refuseTooMany(cases: number, availableBytes: number, bytesEach = bytesPerCase): void {
  const needed = cases * bytesEach;
  if (needed <= availableBytes) return;
  throw new Error(
    `To find the causes of ${counted(cases, "case")} takes about ${gigabytesText(needed)} of memory, and ` +
      `${gigabytesText(availableBytes)} are free. Give the server more, or keep fewer cases in a workspace.`,
  );
}

interface ClusterSettings
  extends Pick<
    ClusterOptions,
    "blankNames" | "granularity" | "categoryWords" | "confirmedCategories" | keyof RunStart
  > {
  onProgress?: AnalysisProgress | undefined;
  signal?: AbortSignal;
  embedder?: EmbedderChoice | undefined;
}

/** Clusters cases as every run does, in a worker thread. */
export function cluster(
  batches: CaseBatches,
  { onProgress = () => {}, ...given }: ClusterSettings = {},
): Promise<Clustering> {
  return clusterInWorker(batches, { seed, onProgress, freezeAssigner: true, ...given });
}
