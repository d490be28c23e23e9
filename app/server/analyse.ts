import type { Clustering } from "#analytics/causes/cluster-cases.ts";
import { clusterInWorker } from "#analytics/causes/cluster-in-worker.ts";
import { methodId } from "#analytics/causes/method.ts";
import { listCompanyNames } from "#db/imports/store/queries.ts";
import { refreshStatistics } from "#db/maintenance.ts";
import {
  type CaseForAnalysis,
  failAnalysis,
  listCasesForAnalysis,
  loadAssignment,
  startAnalysis,
} from "#db/queries/analysis.ts";
import { highestCauseId } from "#db/queries/causes.ts";
import { saveAnalysis } from "#db/queries/save-analysis.ts";
import type { Database } from "#db/schema.ts";
import { identifyCauses } from "./identify-causes.ts";

export interface AnalysisReport {
  runId: number;
  cases: number;
  causes: number;
  unassigned: number;
  seconds: number;
}

export type AnalysisProgress = (stage: string, share: number) => void;

const seed = 1;

export interface AnalysisOptions {
  onProgress?: AnalysisProgress;
  /** Of the very cases that are stored, where it is under way already; the stored cases are read and clustered if not. */
  clustering?: Promise<Clustering>;
}

/**
 * One run of the cause engine over a workspace: reads the cases, clusters them in a worker thread, matches the
 * clusters to the causes that are there (so that a cause keeps its id, name and category), and publishes the run.
 */
export async function analyse(
  db: Database,
  workspace: { id: number; current_run_id: number | null },
  { onProgress, clustering }: AnalysisOptions = {},
): Promise<AnalysisReport> {
  clustering?.catch(() => undefined); // awaited below, once the run is on record
  const started = performance.now();
  const runId = await startAnalysis(db, workspace.id, { methodId, seed });
  try {
    const found = await (clustering ?? clusterStored(db, workspace.id, onProgress));
    const before =
      workspace.current_run_id === null
        ? new Map<string, number>()
        : await loadAssignment(db, workspace.id, workspace.current_run_id);
    const result = identifyCauses(found, before, await highestCauseId(db, workspace.id));
    await saveAnalysis(db, workspace.id, runId, { ...result, caseCount: found.assignments.size });
    await refreshStatistics(db);
    return {
      runId,
      cases: found.assignments.size,
      causes: result.clusters.length,
      unassigned: found.assignments.size - result.assignments.length,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (error) {
    await failAnalysis(db, workspace.id, runId, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function clusterStored(
  db: Database,
  workspaceId: number,
  onProgress?: AnalysisProgress,
): Promise<Clustering> {
  const cases = await listCasesForAnalysis(db, workspaceId);
  return cluster(cases, { onProgress, blankNames: await listCompanyNames(db, workspaceId) });
}

/** Clusters cases as every run does, in a worker thread. */
export function cluster(
  cases: readonly CaseForAnalysis[],
  {
    onProgress = () => {},
    blankNames = [],
  }: { onProgress?: AnalysisProgress | undefined; blankNames?: string[] } = {},
): Promise<Clustering> {
  return clusterInWorker(cases, { seed, onProgress, blankNames });
}
