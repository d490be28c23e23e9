import type { RunStart } from "#analytics/causes/anchors.ts";
import type { Clustering } from "#analytics/causes/cluster-cases.ts";
import { clusterInWorker } from "#analytics/causes/cluster-in-worker.ts";
import { methodId } from "#analytics/causes/method.ts";
import { counted, gigabytesText } from "#app/format.ts";
import { listCompanyNames } from "#db/imports/store/queries.ts";
import { refreshStatistics } from "#db/maintenance.ts";
import {
  type CaseForAnalysis,
  failAnalysis,
  listCasesForAnalysis,
  loadAssignment,
  startAnalysis,
} from "#db/queries/analysis.ts";
import { loadAnchors } from "#db/queries/case-moves.ts";
import { highestCauseId } from "#db/queries/causes.ts";
import { countCases } from "#db/queries/fact-rows.ts";
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
  /** Does not begin from the causes that are there: cases may move from one to another. */
  cold?: boolean;
  onProgress?: AnalysisProgress;
  /** Of the very cases that are stored, where it is under way already; the stored cases are read and clustered if not. */
  clustering?: Promise<Clustering>;
}

/**
 * One run of the cause engine over a workspace: reads the cases, clusters them in a worker thread, matches the
 * clusters to the causes that are there (so that a cause keeps its id, name and category), and publishes the run. What
 * people have said of cases holds in it.
 */
export async function analyse(
  db: Database,
  workspace: { id: number; current_run_id: number | null },
  { onProgress, clustering, cold = false }: AnalysisOptions = {},
): Promise<AnalysisReport> {
  clustering?.catch(() => undefined); // awaited below, once the run is on record
  const started = performance.now();
  const before = await loadEarlier(db, workspace);
  const isWarm = !cold && clustering === undefined && (await tellsOfMost(db, workspace.id, before));
  const anchors = await loadAnchors(db, workspace.id);
  const runId = await startAnalysis(db, workspace.id, {
    methodId: [
      methodId,
      ...(isWarm ? [`from=${workspace.current_run_id}`] : []),
      ...(anchors.size > 0 ? [`anchors=${anchors.size}`] : []),
    ].join(" "),
    seed,
  });
  try {
    const found = await (clustering ??
      clusterStored(db, workspace.id, { onProgress, before, anchors, cold: !isWarm }));
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

async function loadEarlier(
  db: Database,
  { id, current_run_id: runId }: { id: number; current_run_id: number | null },
): Promise<Map<string, number>> {
  return runId === null ? new Map() : loadAssignment(db, id, runId);
}

/** Where most cases are new, the causes that are there say little of them: a run does better without. */
async function tellsOfMost(db: Database, workspaceId: number, before: Map<string, number>): Promise<boolean> {
  return before.size > 0 && 2 * before.size >= (await countCases(db, workspaceId));
}

async function clusterStored(
  db: Database,
  workspaceId: number,
  given: RunStart & { onProgress: AnalysisProgress | undefined },
): Promise<Clustering> {
  refuseTooMany(await countCases(db, workspaceId), process.availableMemory());
  const cases = await listCasesForAnalysis(db, workspaceId);
  return cluster(cases, { ...given, blankNames: await listCompanyNames(db, workspaceId) });
}

/** Measured: 720 MB for 100,000 cases of 60 words, 1,240 MB for 200,000; and the texts are held twice on their way. */
const bytesPerCase = 8_000;

/**
 * A run that does not fit into memory would end the whole server, pages and all.
 * @throws Error with what it takes and what there is
 */
export function refuseTooMany(cases: number, availableBytes: number): void {
  const needed = cases * bytesPerCase;
  if (needed <= availableBytes) return;
  throw new Error(
    `To find the causes of ${counted(cases, "case")} takes about ${gigabytesText(needed)} of memory, and ` +
      `${gigabytesText(availableBytes)} are free. Give the server more, or keep fewer cases in a workspace.`,
  );
}

/** Clusters cases as every run does, in a worker thread. */
export function cluster(
  cases: readonly CaseForAnalysis[],
  {
    onProgress = () => {},
    ...given
  }: RunStart & { onProgress?: AnalysisProgress | undefined; blankNames?: string[] } = {},
): Promise<Clustering> {
  return clusterInWorker(cases, { seed, onProgress, ...given });
}
