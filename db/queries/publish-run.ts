import { sql, type Transaction } from "kysely";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { revokeVerdictsOf } from "./fix-verdicts.ts";
import type { ClusterOfCause } from "./save-analysis.ts";

/**
 * Makes a run the one that the pages show: the causes that it found (a person's name and category stay), and the
 * workspace's current run. False where the run that it was compared with is not the current one any more: its ids
 * could mean other causes by now, and nothing is done.
 */
export async function publishRun(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
  clusters: ClusterOfCause[],
): Promise<boolean> {
  const published = await tx
    .updateTable("workspaces")
    .set({ current_run_id: runId })
    .where("id", "=", workspaceId)
    .where(sql<boolean>`current_run_id is not distinct from (
      select base_run_id from analysis_runs where workspace_id = ${workspaceId} and run_id = ${runId})`)
    .returning("id")
    .executeTakeFirst();
  if (published === undefined) return false;
  await raiseDataVersion(tx, workspaceId, "all causes");
  await showCauses(tx, workspaceId, runId, clusters);
  const { base_run_id: base } = await tx
    .updateTable("analysis_runs")
    .set({ state: "finished", published_at: sql<string>`now()` })
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .returning("base_run_id")
    .executeTakeFirstOrThrow();
  await dropAssigners(tx, workspaceId, [runId, base]);
  await revokeVerdictsOf(tx, workspaceId, {
    causeIds: await listTornCauses(tx, workspaceId, runId),
    because: `The causes were found anew after the fix: run ${runId} cut its cause apart, or put it with another.`,
    actor: "the machine",
  });
  return true;
}

/** Causes that a run did not merely find again. */
async function listTornCauses(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
): Promise<number[]> {
  const rows = await tx
    .selectFrom("cause_lineage")
    .select(["cause_id", "other_cause_id"])
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .where("event", "in", ["split", "merged", "vanished"])
    .execute();
  return rows.flatMap((row) => [row.cause_id, row.other_cause_id]);
}

/** What assigns later cases is kept of the run that is published, and of the one before, to which a person may go back. */
async function dropAssigners(
  tx: Transaction<Schema>,
  workspaceId: number,
  kept: (number | null)[],
): Promise<void> {
  await tx
    .deleteFrom("assigners")
    .where("workspace_id", "=", workspaceId)
    .where(
      "run_id",
      "not in",
      kept.filter((run) => run !== null),
    )
    .execute();
}

/** Brings the causes to what a run found. */
export async function showCauses(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
  clusters: ClusterOfCause[],
): Promise<void> {
  for (const cluster of clusters) await upsertCause(tx, workspaceId, runId, cluster);
  await retireOtherCauses(tx, workspaceId, runId, clusters);
}

async function upsertCause(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
  cluster: ClusterOfCause,
): Promise<void> {
  const found = {
    label: cluster.label,
    keyphrases: JSON.stringify(cluster.keyphrases),
    exemplar_case_id: cluster.exemplarCaseId,
    basis: cluster.basis,
    stability: cluster.stability,
    vanished_run_id: null,
  };
  const suggestion = {
    category: cluster.category,
    category_source: "machine" as const,
    category_confidence: cluster.categoryConfidence,
    category_reason: cluster.categoryReason,
  };
  const unlessAPersonSaidSo = (column: keyof typeof suggestion) =>
    sql<never>`case when causes.category_source = 'person' then ${sql.ref(`causes.${column}`)}
      else ${sql.ref(`excluded.${column}`)} end`;
  await tx
    .insertInto("causes")
    .values({
      workspace_id: workspaceId,
      cause_id: cluster.causeId,
      name: null,
      substatus: null,
      first_run_id: runId,
      ...found,
      ...suggestion,
    })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "cause_id"]).doUpdateSet({
        ...found,
        category: unlessAPersonSaidSo("category"),
        category_source: unlessAPersonSaidSo("category_source"),
        category_confidence: unlessAPersonSaidSo("category_confidence"),
        category_reason: unlessAPersonSaidSo("category_reason"),
      }),
    )
    .execute();
}

async function retireOtherCauses(
  tx: Transaction<Schema>,
  workspaceId: number,
  runId: number,
  clusters: ClusterOfCause[],
): Promise<void> {
  await tx
    .updateTable("causes")
    .set({ vanished_run_id: runId })
    .where("workspace_id", "=", workspaceId)
    .where("vanished_run_id", "is", null)
    .where(sql<boolean>`cause_id <> all(${clusters.map((cluster) => cluster.causeId)}::int[])`)
    .execute();
}
