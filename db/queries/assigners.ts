import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import type { UnassignedCases } from "../schema-causes.ts";
import { type CaseForAnalysis, caseForAnalysis, selectAnalysedFields } from "./analysis.ts";
import { type CaseOfCause, insertAssignments, insertUnassigned } from "./save-analysis.ts";

/** What assigns cases that came after a run, as bytes; of the current run alone. */
export interface StoredAssigner {
  runId: number;
  content: Uint8Array;
}

/** The assigner of the workspace's current run; `undefined` where that run left none. */
export async function findAssigner(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<StoredAssigner | undefined> {
  return currentAssigner(db, workspaceId).select(["a.run_id as runId", "a.content"]).executeTakeFirst();
}

/** The run that the workspace's assigner is of, without reading it; `undefined` where the current run left none. */
export async function findAssignerRun(db: Kysely<Schema>, workspaceId: number): Promise<number | undefined> {
  const row = await currentAssigner(db, workspaceId).select("a.run_id").executeTakeFirst();
  return row?.run_id;
}

function currentAssigner(db: Kysely<Schema>, workspaceId: number) {
  return db
    .selectFrom("assigners as a")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.id", "=", "a.workspace_id").onRef("w.current_run_id", "=", "a.run_id"),
    )
    .where("a.workspace_id", "=", workspaceId);
}

/** Why the current run gave a case no cause; `undefined`: it did, or has not looked at it. */
export async function findUnassigned(
  db: Kysely<Schema>,
  workspaceId: number,
  caseId: string,
): Promise<UnassignedCases["because"] | undefined> {
  const row = await db
    .selectFrom("unassigned_cases as u")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.id", "=", "u.workspace_id").onRef("w.current_run_id", "=", "u.run_id"),
    )
    .select("u.because")
    .where("u.workspace_id", "=", workspaceId)
    .where("u.case_id", "=", caseId)
    .executeTakeFirst();
  return row?.because;
}

/** By index of a run's clusters: the cause that each is. */
export async function listCauseOfCluster(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("clusters")
    .select("cause_id")
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .orderBy("cluster_id")
    .execute();
  return rows.map((row) => row.cause_id);
}

/** Cases that a run has not seen, in order of their ids: at most `limit`, after the id `after`. */
export async function listUnseenCases(
  db: Kysely<Schema>,
  workspaceId: number,
  { runId, after, limit }: { runId: number; after: string; limit: number },
): Promise<CaseForAnalysis[]> {
  const rows = await selectAnalysedFields(db, workspaceId)
    .where("c.case_id", ">", after)
    .where(isUnseen(runId))
    .limit(limit)
    .execute();
  return rows.map(caseForAnalysis);
}

export async function countUnseenCases(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
): Promise<number> {
  const { n } = await db
    .selectFrom("cases as c")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("c.workspace_id", "=", workspaceId)
    .where(isUnseen(runId))
    .executeTakeFirstOrThrow();
  return n;
}

/** Of a case `c`: the run has neither a cause for it nor the finding that there is none. */
function isUnseen(runId: number): RawBuilder<boolean> {
  const isIn = (table: "case_causes" | "unassigned_cases") => sql`exists (
    select from ${sql.table(table)} s
    where s.workspace_id = c.workspace_id and s.run_id = ${runId} and s.case_id = c.case_id)`;
  return sql<boolean>`not ${isIn("case_causes")} and not ${isIn("unassigned_cases")}`;
}

/** One case as the cause engine reads it. */
export async function findCaseForAnalysis(
  db: Kysely<Schema>,
  workspaceId: number,
  caseId: string,
): Promise<CaseForAnalysis | undefined> {
  const row = await selectAnalysedFields(db, workspaceId).where("c.case_id", "=", caseId).executeTakeFirst();
  return row && caseForAnalysis(row);
}

export interface Votes {
  assigned: readonly CaseOfCause[];
  unassigned: readonly UnassignedCase[];
}

export interface UnassignedCase {
  caseId: string;
  because: UnassignedCases["because"];
}

/** Adds cases that came after the run to its assignments, all at once. Does nothing where another run is current by now. */
export async function saveVotes(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
  { assigned, unassigned }: Votes,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const causesOf = [...assigned, ...unassigned].map(({ caseId }) => caseId);
    await raiseDataVersion(tx, workspaceId, { causesOf });
    if (!(await isCurrent(tx, workspaceId, runId))) return;
    await insertAssignments(tx, { workspaceId, runId, voted: true }, assigned);
    await insertUnassigned(tx, { workspaceId, runId }, unassigned);
  });
}

async function isCurrent(tx: Transaction<Schema>, workspaceId: number, runId: number): Promise<boolean> {
  const row = await tx
    .selectFrom("workspaces")
    .select("current_run_id")
    .where("id", "=", workspaceId)
    .executeTakeFirst();
  return row?.current_run_id === runId;
}
