import { type ExpressionBuilder, type Insertable, type Kysely, sql } from "kysely";
import type { JobKind, JobProgress, Schema, SharedJob } from "../schema.ts";

/** The name of our queue among those that pg-boss could keep. */
export const jobQueue = "analysis";

export type JobState =
  | { state: "idle" }
  | { state: "waiting" }
  | {
      state: "running";
      kind: JobKind;
      stage: string;
      /** 0 to 1. */
      share: number;
      /** `null` until it can be known, and again where it takes longer than was to be expected. */
      secondsLeft: number | null;
    }
  | { state: "cancelled"; kind: JobKind }
  | { state: "failed"; reason: string };

/** A job that waits or is under way, in whichever process. */
export interface OpenJob {
  id: string;
  workspaceId: number;
  kind: JobKind;
  active: boolean;
}

/** Those of one workspace, or of all. */
export async function listOpenJobs(db: Kysely<Schema>, workspaceId?: number): Promise<OpenJob[]> {
  const rows = await db
    .selectFrom("jobs.job as j")
    .select(["j.id", "j.state", "j.data"])
    .where(isOpen)
    .$if(workspaceId !== undefined, (query) => query.where("j.group_id", "=", String(workspaceId)))
    .execute();
  return rows.map(({ id, state, data: { kind, workspaceId: of } }) => {
    return { id, workspaceId: of, kind, active: state === "active" };
  });
}

/** How it is with the jobs of a workspace. One query, by keys: for every page. */
export async function findJobState(db: Kysely<Schema>, workspaceId: number): Promise<JobState> {
  const rows = await db
    .selectFrom("workspaces as w")
    .leftJoin("job_progress as p", "p.workspace_id", "w.id")
    .leftJoin("jobs.job as j", (join) =>
      join.on(isOpen).on("j.group_id", "=", sql<string>`cast(w.id as text)`),
    )
    .where("w.id", "=", workspaceId)
    .select([
      "j.id",
      "j.state",
      "j.data",
      "p.job_id",
      "p.kind",
      "p.stage",
      "p.share",
      "p.outcome",
      "p.reason",
    ])
    .select(sql<number | null>`extract(epoch from p.ends_at - clock_timestamp())::float8`.as("left"))
    .execute();
  const active = rows.find(({ state }) => state === "active");
  if (active !== undefined) {
    const { id, job_id, stage, share, left } = active;
    const begun = id === job_id && stage !== null;
    return {
      state: "running",
      kind: active.data?.kind ?? "load",
      stage: begun ? stage : firstStage,
      share: begun ? (share ?? 0) : 0,
      secondsLeft: begun && left !== null && left > 0 ? left : null,
    };
  }
  if (rows.some(({ id }) => id !== null)) return { state: "waiting" };
  const [last] = rows;
  if (last === undefined || last.kind === null) return { state: "idle" };
  if (last.outcome === "cancelled") return { state: "cancelled", kind: last.kind };
  // Without an outcome: each process that tried it ended before it did.
  return { state: "failed", reason: last.reason ?? "The program ended before they were." };
}

const firstStage = "Reading the cases";

export interface Progress {
  stage: string;
  share: number;
  /** `null` until it can be known. */
  secondsLeft: number | null;
}

/** Notes that a job begins, in the place of what was noted of the workspace before. */
export async function beginProgress(db: Kysely<Schema>, job: Omit<OpenJob, "active">): Promise<void> {
  await note(db, { ...keysOf(job), stage: firstStage, share: 0, ends_at: null, outcome: null, reason: null });
}

/** Notes how far a job has come; nothing where it was cancelled meanwhile, or another has begun. */
export async function noteProgress(
  db: Kysely<Schema>,
  { id, workspaceId }: Omit<OpenJob, "active">,
  { stage, share, secondsLeft }: Progress,
): Promise<void> {
  const endsAt = sql<string | null>`clock_timestamp() + ${secondsLeft}::float8 * interval '1 second'`;
  await db
    .updateTable("job_progress")
    .set({ stage, share, ends_at: endsAt })
    .where("workspace_id", "=", workspaceId)
    .where("job_id", "=", id)
    .where("outcome", "is", null)
    .execute();
}

/** Notes how a job ended that a person should hear of; kept until the next one of the workspace begins. */
export async function noteOutcome(
  db: Kysely<Schema>,
  job: Omit<OpenJob, "active">,
  outcome: "cancelled" | "failed",
  reason: string,
): Promise<void> {
  await note(db, { ...keysOf(job), stage: "", share: 0, ends_at: null, outcome, reason });
}

/** Forgets a job that ended, or that is given back, of which there is nothing to say. */
export async function endProgress(
  db: Kysely<Schema>,
  { id, workspaceId }: Omit<OpenJob, "active">,
): Promise<void> {
  await db
    .deleteFrom("job_progress")
    .where("workspace_id", "=", workspaceId)
    .where("job_id", "=", id)
    .where("outcome", "is", null)
    .execute();
}

/** Whether a person cancelled a job. False where it is no longer kept. */
export async function isCancelled(db: Kysely<Schema>, id: string): Promise<boolean> {
  const job = await db.selectFrom("jobs.job").select("state").where("id", "=", id).executeTakeFirst();
  return job?.state === "cancelled";
}

async function note(db: Kysely<Schema>, row: Insertable<JobProgress>): Promise<void> {
  await db
    .insertInto("job_progress")
    .values(row)
    .onConflict((conflict) => conflict.column("workspace_id").doUpdateSet(row))
    .execute();
}

function keysOf({ id, workspaceId, kind }: Omit<OpenJob, "active">) {
  return { workspace_id: workspaceId, job_id: id, kind };
}

/** Of our queue, and neither done nor ended otherwise. */
function isOpen(eb: ExpressionBuilder<{ j: SharedJob }, "j">) {
  return eb.and([eb("j.name", "=", jobQueue), eb("j.state", "in", ["created", "retry", "active"])]);
}
