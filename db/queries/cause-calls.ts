import type { Kysely, Selectable, Transaction } from "kysely";
import type { Call } from "#analytics/case.ts";
import { holdCases } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import type { CauseCalls } from "../schema-second-fixes.ts";
import { recordAudit } from "./audit.ts";
import { loadRoots } from "./cause-roots.ts";

export type CauseCall = Selectable<CauseCalls>;

/** What somebody decides of a cause, and why. */
export interface NewCall {
  call: Call;
  /** Local day, `YYYY-MM-DD`. */
  calledOn: string;
  /** Until when the risk is accepted; given for `accept` alone. */
  reviewOn: string | null;
  reason: string;
  actor: string;
}

/** Keeps a call with its audit event. False where there is no such cause, or it was merged into another one. */
export async function callCause(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
  call: NewCall,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await holdCases(tx, workspaceId); // one call at a time, so that no two get one number
    return callCauseIn(tx, workspaceId, causeId, call);
  });
}

/** The same as a step of a larger transaction, which holds the cases. */
export async function callCauseIn(
  tx: Transaction<Schema>,
  workspaceId: number,
  causeId: number,
  { call, calledOn, reviewOn, reason, actor }: NewCall,
): Promise<boolean> {
  const cause = await tx
    .selectFrom("causes")
    .select("cause_id")
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "=", causeId)
    .where("merged_into", "is", null)
    .executeTakeFirst();
  if (cause === undefined) return false;
  const { last } = await tx
    .selectFrom("cause_calls")
    .select((eb) => eb.fn.coalesce(eb.fn.max("call_id"), eb.lit(0)).as("last"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const before = (await loadCalls(tx, workspaceId)).get(causeId);
  await tx
    .insertInto("cause_calls")
    .values({
      workspace_id: workspaceId,
      call_id: last + 1,
      cause_id: causeId,
      call,
      called_on: calledOn,
      review_on: reviewOn,
      reason,
      actor,
    })
    .execute();
  await recordAudit(tx, workspaceId, {
    actor,
    action: "cause.call",
    objectType: "cause",
    objectId: String(causeId),
    before: before === undefined ? null : { call: before.call, review_on: before.review_on },
    after: { call, review_on: reviewOn, reason },
  });
  return true;
}

/** By cause, of a merged one that which stands for it: the call that holds. */
export async function loadCalls(db: Kysely<Schema>, workspaceId: number): Promise<Map<number, CauseCall>> {
  const calls = await listCalls(db, workspaceId);
  const roots = await loadRoots(db, workspaceId);
  return new Map(calls.map((call) => [roots.get(call.cause_id) ?? call.cause_id, call]));
}

/** All calls, oldest first. */
export async function listCalls(db: Kysely<Schema>, workspaceId: number): Promise<CauseCall[]> {
  return db
    .selectFrom("cause_calls")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("called_on")
    .orderBy("call_id")
    .execute();
}

/** An accepted risk that is to be looked at again. */
export interface RiskDue {
  causeId: number;
  name: string;
  reviewOn: string;
}

/** Causes whose accepted risk is to be looked at again by a day, the longest due first. */
export async function listRisksDue(db: Kysely<Schema>, workspaceId: number, day: string): Promise<RiskDue[]> {
  const due = [...(await loadCalls(db, workspaceId))].flatMap(([causeId, { review_on: reviewOn }]) =>
    reviewOn !== null && reviewOn <= day ? [{ causeId, reviewOn }] : [],
  );
  if (due.length === 0) return [];
  const names = await db
    .selectFrom("causes")
    .select(["cause_id", "name", "label"])
    .where("workspace_id", "=", workspaceId)
    .where(
      "cause_id",
      "in",
      due.map(({ causeId }) => causeId),
    )
    .execute();
  const nameOf = new Map(names.map(({ cause_id: id, name, label }) => [id, name ?? label]));
  return due
    .map((risk) => ({ ...risk, name: nameOf.get(risk.causeId) ?? `cause ${risk.causeId}` }))
    .sort((a, b) => (a.reviewOn < b.reviewOn ? -1 : 1));
}
