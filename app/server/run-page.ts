import type { RouterContextProvider } from "react-router";
import { granularityOf } from "#analytics/causes/granularity.ts";
import { embedderOf } from "#analytics/causes/method.ts";
import { leastStability } from "#analytics/metrics/cause-trust.ts";
import { countText, instantText, partText, shareText } from "#app/format.ts";
import { requestWorkspace } from "#app/imports/request-import.ts";
import {
  begunFromText,
  changesSentence,
  decisionSentence,
  granularityTexts,
  movesSentence,
  runStateText,
  runTitle,
  stalenessSentence,
} from "#app/runs/describe-run.ts";
import { type PageTable, pageTable } from "#app/tables/page-table.ts";
import { changesTable, movesTable } from "#app/tables/run-tables.ts";

import { canTakeBack, listRunDecisions } from "#db/queries/proposals.ts";
import {
  type Cluster,
  findRun,
  findStaleness,
  listClusters,
  loadShownCauses,
  type Run,
} from "#db/queries/runs.ts";
import type { Workspace } from "#db/workspaces.ts";
import { notFound } from "./http-errors.ts";
import { wholeNumber } from "./request-view.ts";
import { comparedRuns } from "./run-comparison.ts";
import type { Services } from "./services.ts";

/** A run that a request names. */
export interface RequestedRun {
  services: Services;
  workspace: Workspace;
  workspaceHref: string;
  run: Run;
}

interface RunArgs {
  params: { workspace: string; runId: string };
  context: Readonly<RouterContextProvider>;
}

export async function requestRun(args: RunArgs): Promise<RequestedRun> {
  const { services, workspace } = await requestWorkspace(args);
  const runId = wholeNumber(args.params.runId, "run");
  const run = await findRun(services.database.db, workspace.id, runId);
  if (run === undefined)
    throw notFound(`There is no run ${runId} in this workspace. The list of runs leads to each.`);
  return { services, workspace, workspaceHref: `/w/${encodeURIComponent(workspace.name)}`, run };
}

/** A figure of a run and of the one before it, in words. */
export interface FigurePair {
  label: string;
  before: string | null;
  after: string;
}

/** What the page of a run shows. Plain data. */
export interface RunView {
  title: string;
  state: Run["state"];
  stateText: string;
  failure: string | null;
  /** Why it can't be accepted; `null` where it can, or where it is no proposal. */
  stale: string | null;
  canTakeBack: boolean;
  decisions: string[];
  granularity: ReturnType<typeof granularityOf>;
  heads: { before: string | null; after: string };
  figures: FigurePair[];
  comparison: { moves: string; changes: string; tables: PageTable[] } | null;
}

export async function runView({ services, workspace, workspaceHref, run }: RequestedRun): Promise<RunView> {
  const { db } = services.database;
  const { id, time_zone: timeZone, current_run_id: current } = workspace;
  const compared = await comparedRuns(db, run, workspaceHref);
  const base = run.base_run_id === null ? undefined : await findRun(db, id, run.base_run_id);
  const stale = run.state === "proposed" ? await findStaleness(db, id, run) : null;
  const decisions = await listRunDecisions(db, id, run.run_id);
  return {
    title: runTitle(run),
    state: run.state,
    stateText: runStateText(run, current),
    failure: run.failure,
    stale: stale === null ? null : stalenessSentence(stale),
    canTakeBack: await canTakeBack(db, id, run),
    decisions: decisions.map((decision) => decisionSentence(decision, timeZone)),
    granularity: granularityOf(run.method_id),
    heads: {
      before: base === undefined ? null : `Run ${base.run_id}, ${runStateText(base, current)}`,
      after: `Run ${run.run_id}, ${runStateText(run, current)}`,
    },
    figures: figurePairs(
      await factsOf(services, run, timeZone),
      base && (await factsOf(services, base, timeZone)),
    ),
    comparison: compared && {
      moves: movesSentence(compared.comparison, { cases: run.case_count, isDone: run.state === "finished" }),
      changes: changesSentence(compared.comparison),
      tables: [changesTable(compared), movesTable(compared)].map(pageTable),
    },
  };
}

function figurePairs(after: [string, string][], before: [string, string][] | undefined): FigurePair[] {
  const earlier = new Map(before);
  return after.map(([label, value]) => ({ label, before: earlier.get(label) ?? null, after: value }));
}

/** What a run rests on, and how far to trust it: of the causes as the machine found them. */
async function factsOf(
  { database: { db } }: Services,
  run: Run,
  timeZone: string,
): Promise<[string, string][]> {
  const clusters = await listClusters(db, run.workspace_id, run.run_id);
  const shown = await loadShownCauses(db, run.workspace_id);
  const found = clusters.filter(({ cause_id: cause }) => shown(cause) !== null);
  return [
    ["Begun", instantText(run.started_at, timeZone)],
    ["Began from", begunFromText(run.method_id)],
    ["Granularity", granularityTexts[granularityOf(run.method_id)]],
    ["Sentence model", embedderOf(run.method_id) ?? "none"],
    ["Cases read", countText(run.case_count)],
    ...(run.finished_at === null || clusters.length === 0 ? [] : trustOf(found, run.case_count)),
    ["Method", run.method_id],
  ];
}

function trustOf(found: readonly Cluster[], cases: number): [string, string][] {
  const sizeOf = (clusters: readonly Cluster[]) => clusters.reduce((total, { size }) => total + size, 0);
  const withCause = sizeOf(found);
  const shaky = found.filter(({ stability }) => stability !== null && stability < leastStability);
  const known = found.some(({ stability }) => stability !== null);
  return [
    ["Causes that the machine found", countText(found.length)],
    [
      "Cases in them",
      `${partText(withCause, cases)} (${shareText(cases === 0 ? null : withCause / cases, cases)})`,
    ],
    [
      `Stability under ${shareText(leastStability)}`,
      known
        ? `${partText(shaky.length, found.length)} causes, with ${shareText(sizeOf(shaky) / withCause, withCause)} of these cases`
        : "was not kept",
    ],
  ];
}
