import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";
import { listAuditEvents, recordAudit } from "./audit.ts";
import {
  type ChangeResult,
  changing,
  deleteRows,
  eventOf,
  flat,
  type RetrospectiveChange,
} from "./change-retrospective.ts";
import type { Done, RetrospectiveOf } from "./retrospectives.ts";

/** Deletes a draft. The audit event holds all that it was. */
export function deleteRetrospective(
  db: Kysely<Schema>,
  workspaceId: number,
  change: RetrospectiveChange,
): Promise<ChangeResult> {
  return changing(db, workspaceId, { change, from: ["draft"] }, async (tx, old) => {
    for (const table of ["retrospective_factors", "retrospective_fixes", "retrospectives"] as const)
      await deleteRows(tx, table, { workspaceId, id: change.id });
    const { of, content, state, written, changed, imported } = old;
    await recordAudit(tx, workspaceId, {
      ...eventOf(change, "delete"),
      before: {
        ...of,
        ...flat(content),
        state,
        written: `${written.at}, ${written.by}`,
        changed: `${changed.at}, ${changed.by}`,
        imported,
      },
      after: null,
    });
  });
}

/** The deletion of a draft. */
export interface Deletion extends Done {
  of: RetrospectiveOf;
  title: string;
  /** Second fixes that were said to have come out of it. */
  fixIds: number[];
}

/** Who deleted the draft that had the number, and when; `undefined`: nobody did. */
export async function findDeletion(
  db: Kysely<Schema>,
  workspaceId: number,
  id: number,
): Promise<Deletion | undefined> {
  const events = await listAuditEvents(db, workspaceId, [{ type: "retrospective", id: String(id) }]);
  const deletion = events.find((event) => event.action === "retrospective.delete");
  if (deletion === undefined) return undefined;
  const { causeId, caseId, title, second_fixes: fixIds } = deletion.before ?? {};
  return {
    of: typeof caseId === "string" ? { caseId } : { causeId: Number(causeId) },
    title: String(title),
    fixIds: Array.isArray(fixIds) ? fixIds.map(Number) : [],
    at: deletion.at,
    by: deletion.actor,
  };
}
