import type { Kysely, Transaction } from "kysely";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";
import { publishRun, showCauses } from "./publish-run.ts";
import {
  type Cluster,
  changedSince,
  findRun,
  findStaleness,
  listClusters,
  type Run,
  type Staleness,
} from "./runs.ts";
import type { ClusterOfCause } from "./save-analysis.ts";

/** A person's word on a run, and why. */
export interface RunDecision {
  runId: number;
  actor: string;
  reason: string | null;
}

/** `unknown`: there is no such proposal any more. */
export type AcceptAnswer = { done: true } | { done: false; because: "unknown" | Staleness };

/** Publishes a proposal, in one transaction; one that is stale stays as it is. */
export async function acceptProposal(
  db: Kysely<Schema>,
  workspaceId: number,
  { runId, actor, reason }: RunDecision,
): Promise<AcceptAnswer> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, workspaceId, runId);
    if (run?.state !== "proposed") return { done: false, because: "unknown" };
    const stale = await findStaleness(tx, workspaceId, run);
    if (stale !== null) return { done: false, because: stale };
    await publishRun(tx, workspaceId, runId, await clustersOf(tx, workspaceId, runId));
    await recordAudit(tx, workspaceId, {
      ...eventOf("accept", runId, actor),
      before: { current_run_id: run.base_run_id },
      after: { current_run_id: runId, reason },
    });
    return { done: true };
  });
}

/** Drops what a proposal found; that there was one is kept. False where there is no such proposal. */
export async function discardProposal(
  db: Kysely<Schema>,
  workspaceId: number,
  { runId, actor, reason }: RunDecision,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, workspaceId, runId);
    if (run?.state !== "proposed") return false;
    for (const table of [
      "case_causes",
      "unassigned_cases",
      "clusters",
      "cause_lineage",
      "assigners",
    ] as const)
      await tx
        .deleteFrom(table)
        .where("workspace_id", "=", workspaceId)
        .where("run_id", "=", runId)
        .execute();
    await setState(tx, workspaceId, runId, { state: "discarded" });
    await recordAudit(tx, workspaceId, {
      ...eventOf("discard", runId, actor),
      before: { state: "proposed" },
      after: { state: "discarded", reason },
    });
    return true;
  });
}

/** Whether `takeBackRun` can bring back the run before this one: it is published, and that one knew the cases as they are now. Words on single cases lie over any run; a cause that a person has made is in no earlier one. */
export async function canTakeBack(db: Kysely<Schema>, workspaceId: number, run: Run): Promise<boolean> {
  const { current_run_id: current } = await db
    .selectFrom("workspaces")
    .select("current_run_id")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  if (current !== run.run_id || run.base_run_id === null) return false;
  const base = await findRun(db, workspaceId, run.base_run_id);
  return base !== undefined && !(await changedSince(db, workspaceId, base.started_at, ["split", "promote"]));
}

/** Publishes the run before the published one again, which becomes a proposal. False where that can't be (`canTakeBack`). */
export async function takeBackRun(
  db: Kysely<Schema>,
  workspaceId: number,
  { runId, actor, reason }: RunDecision,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, workspaceId, runId);
    if (run === undefined || run.base_run_id === null || !(await canTakeBack(tx, workspaceId, run)))
      return false;
    const { base_run_id: base } = run;
    await tx.updateTable("workspaces").set({ current_run_id: base }).where("id", "=", workspaceId).execute();
    await raiseDataVersion(tx, workspaceId, "all causes");
    await showCauses(tx, workspaceId, base, await clustersOf(tx, workspaceId, base));
    await setState(tx, workspaceId, runId, { state: "proposed", published_at: null });
    await recordAudit(tx, workspaceId, {
      ...eventOf("take_back", runId, actor),
      before: { current_run_id: runId },
      after: { current_run_id: base, reason },
    });
    return true;
  });
}

/** What a person decided about a run, the latest first. */
export async function listRunDecisions(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
): Promise<{ action: string; actor: string; at: string; reason: string | null }[]> {
  const rows = await db
    .selectFrom("audit_events")
    .select(["action", "actor", "at", "after"])
    .where("workspace_id", "=", workspaceId)
    .where("object_type", "=", "run")
    .where("object_id", "=", String(runId))
    .orderBy("event_id", "desc")
    .execute();
  return rows.map(({ after, ...event }) => ({
    ...event,
    reason: typeof after?.["reason"] === "string" ? after["reason"] : null,
  }));
}

/** The workspace first, as every publication does, so that two decisions come one after the other. */
async function lockRun(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
): Promise<Run | undefined> {
  await tx
    .selectFrom("workspaces")
    .select("id")
    .where("id", "=", workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return findRun(tx, workspaceId, runId);
}

async function setState(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
  state: { state: Run["state"]; published_at?: null },
): Promise<void> {
  await tx
    .updateTable("analysis_runs")
    .set(state)
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .execute();
}

function eventOf(verb: string, runId: number, actor: string) {
  return { actor, action: `run.${verb}`, objectType: "run", objectId: String(runId) };
}

async function clustersOf(db: Kysely<Schema>, workspaceId: number, runId: number): Promise<ClusterOfCause[]> {
  return (await listClusters(db, workspaceId, runId)).map(clusterOfCause);
}

function clusterOfCause(row: Cluster): ClusterOfCause {
  return {
    causeId: row.cause_id,
    size: row.size,
    basis: row.basis,
    label: row.label,
    keyphrases: row.keyphrases,
    exemplarCaseId: row.exemplar_case_id,
    stability: row.stability,
    category: row.category,
    categoryConfidence: row.category_confidence,
    categoryReason: row.category_reason,
  };
}
