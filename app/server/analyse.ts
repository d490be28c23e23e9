import type { Kysely } from "kysely";
import { clusterInWorker } from "#analytics/causes/cluster-in-worker.ts";
import { methodId } from "#analytics/causes/method.ts";
import { listCompanyNames } from "#db/imports/queries.ts";
import { refreshStatistics } from "#db/maintenance.ts";
import { failAnalysis, listCasesForAnalysis, loadAssignment, startAnalysis } from "#db/queries/analysis.ts";
import { highestCauseId } from "#db/queries/causes.ts";
import { saveAnalysis } from "#db/queries/save-analysis.ts";
import type { Schema } from "#db/schema.ts";
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

/**
 * One run of the cause engine over a workspace: reads the cases, clusters them in a worker thread, matches the
 * clusters to the causes that are there (so that a cause keeps its id, name and category), and publishes the run.
 */
export async function analyse(
  db: Kysely<Schema>,
  workspace: { id: number; current_run_id: number | null },
  onProgress: AnalysisProgress = () => {},
): Promise<AnalysisReport> {
  const started = performance.now();
  const runId = await startAnalysis(db, workspace.id, { methodId, seed });
  try {
    const cases = await listCasesForAnalysis(db, workspace.id);
    const blankNames = await listCompanyNames(db, workspace.id);
    const clustering = await clusterInWorker(cases, { seed, onProgress, blankNames });
    const before =
      workspace.current_run_id === null
        ? new Map<string, number>()
        : await loadAssignment(db, workspace.id, workspace.current_run_id);
    const result = identifyCauses(clustering, before, await highestCauseId(db, workspace.id));
    await saveAnalysis(db, workspace.id, runId, { ...result, caseCount: cases.length });
    await refreshStatistics(db);
    return {
      runId,
      cases: cases.length,
      causes: result.clusters.length,
      unassigned: cases.length - result.assignments.length,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (error) {
    await failAnalysis(db, workspace.id, runId, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
