import { instantText } from "#app/format.ts";
import { auditActionText, auditFieldText, auditValueText } from "#app/sentences/audit-sentences.ts";
import { type AuditedObject, type KeptAuditEvent, listAuditEvents } from "#db/queries/audit.ts";
import type { Database } from "#db/schema.ts";

/** One change, as its history tells it. Plain data. */
export interface AuditLine {
  id: number;
  when: string;
  who: string;
  what: string;
  reason: string | null;
  changes: { field: string; before: string; after: string }[];
  /** There was nothing before: what was written then is all of it. */
  isFirst: boolean;
}

/** Who changed any of the objects, when and what, the latest first. */
export async function auditHistory(
  db: Database,
  workspace: { id: number; timeZone: string },
  objects: readonly AuditedObject[],
): Promise<AuditLine[]> {
  const events = await listAuditEvents(db, workspace.id, objects);
  return events.map((event) => lineOf(event, workspace.timeZone));
}

/**
 * Who said what of a case, the latest first. What was said of it as one of a sample is left out: who is to code it has to
 * do so without knowing what others said.
 */
export async function caseHistory(
  db: Database,
  workspace: { id: number; timeZone: string },
  caseId: string,
): Promise<AuditLine[]> {
  const events = await listAuditEvents(db, workspace.id, [{ type: "case", id: caseId }]);
  return events
    .filter(({ action }) => !["case.code", "case.undo_code"].includes(action))
    .map((event) => lineOf(event, workspace.timeZone));
}

function lineOf({ eventId, at, actor, action, before, after }: KeptAuditEvent, timeZone: string): AuditLine {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  fields.delete("reason");
  const reason = after?.reason ?? null;
  return {
    id: eventId,
    when: instantText(at, timeZone),
    who: actor,
    what: auditActionText(action),
    reason: reason === null ? null : auditValueText(reason, timeZone),
    changes: [...fields].flatMap((field) => {
      const [old, now] = [before?.[field], after?.[field]].map((value) => auditValueText(value, timeZone));
      return old === undefined || now === undefined || old === now
        ? []
        : [{ field: auditFieldText(field), before: old, after: now }];
    }),
    isFirst: before === null,
  };
}
