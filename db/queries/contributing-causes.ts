import { type Kysely, sql } from "kysely";
import type { Category } from "#analytics/case.ts";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";
import { loadRoots } from "./cause-roots.ts";
import { findCaseCause, listCaseCauses, listCauseFacts } from "./causes.ts";
import { recordEdit } from "./human-edits.ts";

/**
 * A cause that a person says contributed to a case, beside its primary one. Like a move it is a word over what the machine
 * finds, and holds in every later run; of a merged cause the one that stands for it is meant. It rests, neither shown nor
 * counted, while its cause is set aside or is the primary one of the case. No official total knows of it.
 */
export interface ContributingCause {
  caseId: string;
  causeId: number;
  /** The name that wins. */
  name: string;
  category: Category | null;
  madeAt: string;
  actor: string;
  reason: string | null;
}

/**
 * The contributing causes of the cases that are there, each once, in the order in which they were named.
 * @param caseId only of this case; of all cases unless given
 */
export async function listContributing(
  db: Kysely<Schema>,
  workspaceId: number,
  caseId?: string,
): Promise<ContributingCause[]> {
  const said = await standingNamings(db, workspaceId, caseId)
    .innerJoin("cases as c", (join) =>
      join.onRef("c.workspace_id", "=", "e.workspace_id").onRef("c.case_id", "=", "e.case_id"),
    )
    .select(["c.case_id as caseId", "e.made_at as madeAt", "e.actor", "e.reason"])
    .execute();
  if (said.length === 0) return [];
  const roots = await loadRoots(db, workspaceId);
  const caseIds = said.map((one) => one.caseId);
  const primary = await listCaseCauses(db, workspaceId, caseIds);
  const causes = await listNamesAndKinds(db, workspaceId);
  const byPair = new Map<string, ContributingCause>();
  for (const { edit_id: _, cause_id: named, ...one } of said) {
    const causeId = roots.get(named) ?? named;
    const cause = causes.get(causeId);
    if (cause !== undefined && primary.get(one.caseId)?.cause_id !== causeId)
      byPair.set(`${one.caseId} ${causeId}`, { ...one, causeId, ...cause });
  }
  return [...byPair.values()];
}

/** Why a cause can't be named: it is set aside or not there, it is the primary one of the case, or it is named already. */
export type NamingRefusal = "no_shown_cause" | "is_primary" | "is_named";

interface Naming {
  caseId: string;
  causeId: number;
  actor: string;
}

/** Names a contributing cause of a case. `null`: it is done; else nothing is. */
export async function nameContributing(
  db: Kysely<Schema>,
  workspaceId: number,
  { caseId, causeId: asked, actor, reason }: Naming & { reason: string | null },
): Promise<NamingRefusal | null> {
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId, "no column");
    const roots = await loadRoots(tx, workspaceId);
    const causeId = roots.get(asked) ?? asked;
    const shown = await listCauseFacts(tx, workspaceId);
    if (!shown.some((cause) => cause.causeId === causeId)) return "no_shown_cause";
    const primary = await findCaseCause(tx, workspaceId, caseId);
    if (primary?.cause_id === causeId) return "is_primary";
    const named = await listContributing(tx, workspaceId, caseId);
    if (named.some((one) => one.causeId === causeId)) return "is_named";
    await recordEdit(tx, workspaceId, { kind: "contribute", causeId, caseId, detail: {}, actor, reason });
    await recordAudit(tx, workspaceId, {
      actor,
      action: "case.contribute",
      objectType: "case",
      objectId: caseId,
      before: { contributing_cause: null },
      after: { contributing_cause: causeId, reason },
    });
    return null;
  });
}

/** Takes a contributing cause of a case back, with those that were merged into it. False where nobody has named it. */
export async function takeBackContributing(
  db: Kysely<Schema>,
  workspaceId: number,
  { caseId, causeId, actor }: Naming,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await raiseDataVersion(tx, workspaceId, "no column");
    const roots = await loadRoots(tx, workspaceId);
    const rootOf = (cause: number) => roots.get(cause) ?? cause;
    const edits = (await standingNamings(tx, workspaceId, caseId).execute())
      .filter(({ cause_id: named }) => rootOf(named) === rootOf(causeId))
      .map(({ edit_id: edit }) => edit);
    if (edits.length === 0) return false;
    await tx
      .updateTable("human_edits")
      .set({ undone_at: sql<string>`now()` })
      .where("workspace_id", "=", workspaceId)
      .where("edit_id", "in", edits)
      .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: "case.undo_contribute",
      objectType: "case",
      objectId: caseId,
      before: { contributing_cause: rootOf(causeId) },
      after: null,
    });
    return true;
  });
}

function standingNamings(db: Kysely<Schema>, workspaceId: number, caseId: string | undefined) {
  return db
    .selectFrom("human_edits as e")
    .select(["e.edit_id", "e.cause_id"])
    .where("e.workspace_id", "=", workspaceId)
    .where("e.kind", "=", "contribute")
    .where("e.undone_at", "is", null)
    .$if(caseId !== undefined, (query) => query.where("e.case_id", "=", caseId ?? null))
    .orderBy("e.edit_id");
}

/** Of the causes that are not set aside; also of one that no run finds any more, since a word on it stands. */
async function listNamesAndKinds(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<Map<number, Pick<ContributingCause, "name" | "category">>> {
  const causes = await db
    .selectFrom("causes")
    .select(["cause_id", "label", "name", "category"])
    .where("workspace_id", "=", workspaceId)
    .where("set_aside", "=", false)
    .execute();
  return new Map(
    causes.map(({ cause_id: id, label, name, category }) => [id, { name: name ?? label, category }]),
  );
}
