import { type Kysely, sql } from "kysely";
import type { Schema } from "../schema.ts";
import { listOpenJobs } from "./job-states.ts";

/** What the cause engine reads of a case. */
export interface CaseForAnalysis {
  caseId: string;
  text: string | null;
  contactReason: string | null;
  fields: { product: string | null; channel: string | null };
}

/** Some cases, in order of their ids. */
export async function listCasesForAnalysis(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<CaseForAnalysis[]> {
  const rows = await selectAnalysedFields(db, workspaceId)
    .where(sql<boolean>`c.case_id = any(${caseIds}::uuid[])`)
    .execute();
  return rows.map(caseForAnalysis);
}

const casesInBatch = 5_000;

/** All cases in order of their ids, some at a time. */
export async function* batchesForAnalysis(
  db: Kysely<Schema>,
  workspaceId: number,
): AsyncGenerator<CaseForAnalysis[]> {
  let last: string | undefined;
  do {
    const rows = await selectAnalysedFields(db, workspaceId)
      .$if(last !== undefined, (query) => query.where("c.case_id", ">", last!))
      .limit(casesInBatch)
      .execute();
    yield rows.map(caseForAnalysis);
    last = rows.length < casesInBatch ? undefined : rows.at(-1)!.caseId;
  } while (last !== undefined);
}

/** The fields of all cases, in order of their ids. */
export function selectAnalysedFields(db: Kysely<Schema>, workspaceId: number) {
  return db
    .selectFrom("cases as c")
    .leftJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .where("c.workspace_id", "=", workspaceId)
    .orderBy("c.case_id")
    .select((eb) => [
      "c.case_id as caseId",
      "t.title",
      "t.narrative",
      nameOf(eb.ref("c.contact_reason_id"), "contact_reason", workspaceId).as("contactReason"),
      nameOf(eb.ref("c.product_id"), "product", workspaceId).as("product"),
      nameOf(eb.ref("c.channel_id"), "channel", workspaceId).as("channel"),
    ]);
}

export interface AnalysedFields {
  caseId: string;
  title: string | null;
  narrative: string | null;
  contactReason: string | null;
  product: string | null;
  channel: string | null;
}

/** What of a case says its cause: its title and narrative, its contact reason, and where it arose. */
export function caseForAnalysis({
  title,
  narrative,
  product,
  channel,
  ...rest
}: AnalysedFields): CaseForAnalysis {
  const text = [title, narrative].filter((part) => part !== null).join("\n");
  return {
    caseId: rest.caseId,
    contactReason: rest.contactReason,
    text: text || null,
    fields: { product, channel },
  };
}

function nameOf(id: unknown, field: string, workspaceId: number) {
  return sql<string | null>`(select n.name from names n
    where n.workspace_id = ${workspaceId} and n.field = ${field} and n.id = ${id})`;
}

/** The primary cause of each case that a run has looked at: without those that came later and were voted into it. */
export async function loadAssignment(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("case_causes")
    .select(["case_id", "cause_id"])
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .where("voted", "=", false)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.cause_id]));
}

/** True where a load changed cases after the current run began to read, or where there is no run but cases. */
export async function needsAnalysis(db: Kysely<Schema>, workspaceId: number): Promise<boolean> {
  const row = await db
    .selectFrom("imports as i")
    .innerJoin("workspaces as w", "w.id", "i.workspace_id")
    .leftJoin("analysis_runs as r", (join) =>
      join.onRef("r.workspace_id", "=", "w.id").onRef("r.run_id", "=", "w.current_run_id"),
    )
    .where("i.workspace_id", "=", workspaceId)
    .where("i.state", "=", "finished")
    .where((eb) => eb(eb("i.new_rows", "+", eb.ref("i.updated_rows")), ">", 0))
    .where((eb) => eb.or([eb("r.started_at", "is", null), eb("i.finished_at", ">=", eb.ref("r.started_at"))]))
    .select("i.import_id")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface AnalysisStart {
  methodId: string;
  seed: number;
  /** The published run that it is compared with. */
  baseRunId: number | null;
}

/** Notes that a run begins, before its first case is read. */
export async function startAnalysis(
  db: Kysely<Schema>,
  workspaceId: number,
  start: AnalysisStart,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await tx
      .selectFrom("workspaces")
      .select("id")
      .where("id", "=", workspaceId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const { last } = await tx
      .selectFrom("analysis_runs")
      .select((eb) => eb.fn.coalesce(eb.fn.max("run_id"), eb.lit(0)).as("last"))
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("analysis_runs")
      .values({
        workspace_id: workspaceId,
        run_id: last + 1,
        method_id: start.methodId,
        seed: start.seed,
        state: "running",
        case_count: 0,
        failure: null,
        finished_at: null,
        base_run_id: start.baseRunId,
        published_at: null,
      })
      .execute();
    return last + 1;
  });
}

/** Notes that a run ended without a result. */
export async function endAnalysis(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
  { state, failure }: { state: "failed" | "cancelled"; failure: string },
): Promise<void> {
  await db
    .updateTable("analysis_runs")
    .set({ state, failure, finished_at: sql<string>`now()` })
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .execute();
}

/**
 * Notes of runs that a program left under way when it ended that they have no result. To be called as a program starts.
 * Left alone are the workspaces of which a job is under way in another process; a run of another's command line notes
 * its result all the same.
 */
export async function endInterruptedAnalyses(db: Kysely<Schema>): Promise<void> {
  const busy = (await listOpenJobs(db)).flatMap((job) => (job.active ? [job.workspaceId] : []));
  await interrupted(db)
    .$if(busy.length > 0, (query) => query.where("workspace_id", "not in", busy))
    .execute();
}

/** The same of one workspace: as a job of it begins, again perhaps. */
export async function endInterruptedAnalysesOf(db: Kysely<Schema>, workspaceId: number): Promise<void> {
  await interrupted(db).where("workspace_id", "=", workspaceId).execute();
}

function interrupted(db: Kysely<Schema>) {
  return db
    .updateTable("analysis_runs")
    .set({
      state: "cancelled",
      failure: "The program ended before the run did.",
      finished_at: sql<string>`now()`,
    })
    .where("state", "=", "running");
}
