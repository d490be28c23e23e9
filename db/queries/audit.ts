import type { Kysely, Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface AuditEvent {
  actor: string;
  /** `object.verb`. */
  action: string;
  objectType: string;
  objectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** The instant at which it was; now, unless it is told of a simulated company. */
  at?: string | undefined;
}

/** Who changed what, in the transaction of the change itself. */
export async function recordAudit(
  tx: Transaction<Schema>,
  workspaceId: number,
  event: AuditEvent,
): Promise<void> {
  await tx
    .insertInto("audit_events")
    .values({
      workspace_id: workspaceId,
      at: event.at,
      actor: event.actor,
      action: event.action,
      object_type: event.objectType,
      object_id: event.objectId,
      before: event.before && JSON.stringify(event.before),
      after: event.after && JSON.stringify(event.after),
    })
    .execute();
}

/** An event as it was kept. */
export interface KeptAuditEvent extends AuditEvent {
  eventId: number;
  at: string;
}

/** What an audit event is about: a cause, a retrospective, a second fix. */
export interface AuditedObject {
  type: string;
  id: string;
}

/** All that was ever done to any of the objects, the latest first. */
export async function listAuditEvents(
  db: Kysely<Schema>,
  workspaceId: number,
  objects: readonly AuditedObject[],
): Promise<KeptAuditEvent[]> {
  if (objects.length === 0) return [];
  return db
    .selectFrom("audit_events")
    .select(["event_id as eventId", "at", "actor", "action", "before", "after"])
    .select(["object_type as objectType", "object_id as objectId"])
    .where("workspace_id", "=", workspaceId)
    .where((eb) => eb.or(objects.map(({ type, id }) => eb.and({ object_type: type, object_id: id }))))
    .orderBy("at", "desc") // what is told of a simulated company is written later than it was
    .orderBy("event_id", "desc")
    .execute();
}
