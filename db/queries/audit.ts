import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface AuditEvent {
  actor: string;
  /** `object.verb`. */
  action: string;
  objectType: string;
  objectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Who changed what, in the transaction of the change itself. */
export async function recordAudit(
  tx: Transaction<Schema>,
  workspaceId: number,
  event: AuditEvent,
): Promise<void> {
  const { last } = await tx
    .selectFrom("audit_events")
    .select((eb) => eb.fn.coalesce(eb.fn.max("event_id"), eb.lit(0)).as("last"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("audit_events")
    .values({
      workspace_id: workspaceId,
      event_id: last + 1,
      actor: event.actor,
      action: event.action,
      object_type: event.objectType,
      object_id: event.objectId,
      before: event.before && JSON.stringify(event.before),
      after: event.after && JSON.stringify(event.after),
    })
    .execute();
}
