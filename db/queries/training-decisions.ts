import type { Kysely, Selectable } from "kysely";
import type { Schema } from "../schema.ts";
import type { TrainingDecisions, TrainingEvidence } from "../schema-second-fixes.ts";
import { recordAudit } from "./audit.ts";
import { loadRoots } from "./cause-roots.ts";

/** With the cause that it is of now: of a merged one that which stands for it. */
export type TrainingDecision = Selectable<TrainingDecisions> & { root_cause_id: number };

export interface NewTrainingDecision {
  causeId: number;
  answer: TrainingDecision["answer"];
  evidence: TrainingEvidence;
  reason: string;
  actor: string;
  /** Local day, `YYYY-MM-DD`. */
  decidedOn: string;
}

/** All decisions on training, oldest first. */
export async function listTrainingDecisions(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<TrainingDecision[]> {
  const decisions = await db
    .selectFrom("training_decisions")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("decision_id")
    .execute();
  const roots = await loadRoots(db, workspaceId);
  return decisions.map((one) => ({ ...one, root_cause_id: roots.get(one.cause_id) ?? one.cause_id }));
}

/** Keeps a decision with what was recommended. The history has no agent in it. */
export async function decideTraining(
  db: Kysely<Schema>,
  workspaceId: number,
  { causeId, answer, evidence, reason, actor, decidedOn }: NewTrainingDecision,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { last } = await tx
      .selectFrom("training_decisions")
      .select((eb) => eb.fn.coalesce(eb.fn.max("decision_id"), eb.lit(0)).as("last"))
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    const before = (await listTrainingDecisions(tx, workspaceId)).findLast(
      (one) => one.root_cause_id === causeId,
    );
    await tx
      .insertInto("training_decisions")
      .values({
        workspace_id: workspaceId,
        decision_id: last + 1,
        cause_id: causeId,
        answer,
        recommended: evidence.found.answer,
        evidence: JSON.stringify(evidence),
        reason,
        actor,
        decided_on: decidedOn,
      })
      .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: "training.decide",
      objectType: "cause",
      objectId: String(causeId),
      before: before === undefined ? null : { answer: before.answer },
      after: { answer, recommended: evidence.found.answer, reason },
    });
  });
}

/** Notes that somebody asked for the names of the agents of a cause, and why. */
export async function recordReveal(
  db: Kysely<Schema>,
  workspaceId: number,
  { causeId, agents, reason, actor }: { causeId: number; agents: number; reason: string; actor: string },
): Promise<void> {
  await db.transaction().execute((tx) =>
    recordAudit(tx, workspaceId, {
      actor,
      action: "agents.reveal",
      objectType: "cause",
      objectId: String(causeId),
      before: null,
      after: { agents, reason },
    }),
  );
}
