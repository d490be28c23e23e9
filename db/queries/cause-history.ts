import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";
import type { CauseLineage } from "../schema-causes.ts";

/** Every cause that there is or was: the machine's label, and a person's name where it has one. */
export async function listCauseNames(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<{ causeId: number; label: string; name: string | null }[]> {
  return db
    .selectFrom("causes")
    .select(["cause_id as causeId", "label", "name"])
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/** What became of a cause in a run that was published. */
export interface CauseEvent {
  runId: number;
  publishedAt: string;
  event: CauseLineage["event"];
  causeId: number;
  otherCauseId: number;
  /** `null`: an early run did not keep it. */
  cases: number | null;
}

/** New, split, merged, vanished: what runs said of a cause itself and of what it has to do with others, the latest first. */
export async function listCauseEvents(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<CauseEvent[]> {
  const rows = await db
    .selectFrom("cause_lineage as l")
    .innerJoin("analysis_runs as r", (join) =>
      join.onRef("r.workspace_id", "=", "l.workspace_id").onRef("r.run_id", "=", "l.run_id"),
    )
    .select(["l.run_id", "r.published_at", "l.event", "l.cause_id", "l.other_cause_id", "l.cases"])
    .where("l.workspace_id", "=", workspaceId)
    .where((eb) => eb.or([eb("l.cause_id", "=", causeId), eb("l.other_cause_id", "=", causeId)]))
    .where("l.event", "<>", "grown") // after each load it says no more than the months do
    .where("r.published_at", "is not", null)
    .orderBy("l.run_id", "desc")
    .orderBy("l.cases", "desc")
    .execute();
  return rows.flatMap(({ run_id: runId, published_at: publishedAt, ...row }) =>
    publishedAt === null
      ? []
      : [
          {
            runId,
            publishedAt,
            event: row.event,
            causeId: row.cause_id,
            otherCauseId: row.other_cause_id,
            cases: row.cases,
          },
        ],
  );
}
