import { type Kysely, sql, type Transaction } from "kysely";
import type { Category } from "#analytics/case.ts";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import type { UnassignedCase } from "./assigners.ts";
import { highestCauseId } from "./highest-cause-id.ts";
import { publishRun } from "./publish-run.ts";

/** A cluster of the machine under the identity that it was matched to. */
export interface ClusterOfCause {
  causeId: number;
  size: number;
  basis: "text" | "contact_reason";
  label: string;
  keyphrases: string[];
  exemplarCaseId: string;
  stability: number | null;
  category: Category | null;
  categoryConfidence: number;
  categoryReason: string;
}

export interface CaseOfCause {
  caseId: string;
  causeId: number;
  basis: "text" | "contact_reason";
  similarity: number | null;
  terms: string[];
}

export interface Lineage {
  causeId: number;
  event: "new" | "grown" | "split" | "merged" | "vanished";
  otherCauseId: number;
  share: number;
  cases: number;
}

export interface AnalysisResult {
  caseCount: number;
  /** The highest id of a cause when the clusters got theirs. */
  highestCauseId: number;
  clusters: ClusterOfCause[];
  assignments: CaseOfCause[];
  unassigned: UnassignedCase[];
  lineage: Lineage[];
  /** What assigns later cases; left out where the run made none. */
  assigner?: Uint8Array | undefined;
}

/**
 * Keeps what a run found as a proposal, in one transaction; `publishes`: the same one publishes it. Readers see the run
 * before or this one, never a part.
 * @throws Error where it was to be published, and another run was meanwhile
 */
export async function saveAnalysis(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
  { publishes, ...result }: AnalysisResult & { publishes: boolean },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await refuseTakenIds(tx, workspaceId, result.highestCauseId);
    await insertClusters(tx, workspaceId, runId, result.clusters);
    await insertAssignments(tx, { workspaceId, runId, voted: false }, result.assignments);
    await insertUnassigned(tx, { workspaceId, runId }, result.unassigned);
    await insertAssigner(tx, { workspaceId, runId }, result.assigner);
    await insertLineage(tx, workspaceId, runId, result.lineage);
    await tx
      .updateTable("analysis_runs")
      .set({
        state: "proposed",
        case_count: result.caseCount,
        finished_at: sql<string>`now()`,
        failure: null,
      })
      .where("workspace_id", "=", workspaceId)
      .where("run_id", "=", runId)
      .execute();
    if (publishes && !(await publishRun(tx, workspaceId, runId, result.clusters)))
      throw new Error("Another run was published while this one was under way. Find the causes again.");
  });
}

/** A cause that a person has made meanwhile may have an id that the run gave to another one. */
async function refuseTakenIds(tx: Transaction<Schema>, workspaceId: number, known: number): Promise<void> {
  await raiseDataVersion(tx, workspaceId, "no column"); // so that who makes one waits for this transaction, or this one for it
  if ((await highestCauseId(tx, workspaceId)) > known)
    throw new Error("A person has made a cause while this run was under way. Find the causes again.");
}

async function insertClusters(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
  clusters: ClusterOfCause[],
): Promise<void> {
  const rows = clusters.map((cluster, i) => ({
    workspace_id: workspaceId,
    run_id: runId,
    cluster_id: i + 1,
    cause_id: cluster.causeId,
    size: cluster.size,
    basis: cluster.basis,
    label: cluster.label,
    keyphrases: JSON.stringify(cluster.keyphrases),
    exemplar_case_id: cluster.exemplarCaseId,
    category: cluster.category,
    category_confidence: cluster.categoryConfidence,
    category_reason: cluster.categoryReason,
    stability: cluster.stability,
  }));
  for (const batch of batches(rows, 1000)) await tx.insertInto("clusters").values(batch).execute();
}

interface RunKey {
  workspaceId: number;
  runId: number;
}

/** @param run `voted`: the cases came after it */
export async function insertAssignments(
  tx: Transaction<Schema>,
  { workspaceId, runId, voted }: RunKey & { voted: boolean },
  assignments: readonly CaseOfCause[],
): Promise<void> {
  for (const batch of batches(assignments, 5000)) {
    await sql`insert into case_causes (workspace_id, run_id, case_id, cause_id, basis, similarity, terms, voted)
      select ${workspaceId}, ${runId}, t.case_id, t.cause_id, t.basis, t.similarity, t.terms::jsonb,
        ${voted}::boolean
      from unnest(
        ${batch.map((a) => a.caseId)}::uuid[],
        ${batch.map((a) => a.causeId)}::int[],
        ${batch.map((a) => a.basis)}::text[],
        ${batch.map((a) => a.similarity)}::real[],
        ${batch.map((a) => JSON.stringify(a.terms))}::text[]
      ) as t (case_id, cause_id, basis, similarity, terms)`.execute(tx);
  }
}

export async function insertUnassigned(
  tx: Transaction<Schema>,
  { workspaceId, runId }: RunKey,
  unassigned: readonly UnassignedCase[],
): Promise<void> {
  for (const batch of batches(unassigned, 5000))
    await sql`insert into unassigned_cases (workspace_id, run_id, case_id, because)
      select ${workspaceId}, ${runId}, t.case_id, t.because
      from unnest(
        ${batch.map((item) => item.caseId)}::uuid[],
        ${batch.map((item) => item.because)}::text[]
      ) as t (case_id, because)`.execute(tx);
}

async function insertAssigner(
  tx: Transaction<Schema>,
  { workspaceId, runId }: RunKey,
  content: Uint8Array | undefined,
): Promise<void> {
  if (content === undefined) return;
  await tx.insertInto("assigners").values({ workspace_id: workspaceId, run_id: runId, content }).execute();
}

async function insertLineage(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
  lineage: Lineage[],
): Promise<void> {
  const rows = lineage.map((event) => ({
    workspace_id: workspaceId,
    run_id: runId,
    cause_id: event.causeId,
    event: event.event,
    other_cause_id: event.otherCauseId,
    share: event.share,
    cases: event.cases,
  }));
  for (const batch of batches(rows, 1000)) await tx.insertInto("cause_lineage").values(batch).execute();
}

function* batches<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
