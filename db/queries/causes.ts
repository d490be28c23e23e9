import { group } from "d3-array";
import { type Kysely, type Selectable, sql, type Transaction, type Updateable } from "kysely";
import type { Category } from "#analytics/case.ts";
import type { CauseFact } from "#analytics/facts/facts.ts";
import type { CauseState } from "#analytics/metrics/confirmation-queue.ts";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import type { Causes } from "../schema-causes.ts";
import { recordAudit } from "./audit.ts";
import { loadMoves } from "./case-moves.ts";
import { loadRoots } from "./cause-roots.ts";
import { loadMadeCauses } from "./cause-splits.ts";
import { revokeVerdictsOf } from "./fix-verdicts.ts";
import { recordEdit } from "./human-edits.ts";

export type Cause = Selectable<Causes>;

/**
 * The causes that the columns know: those of the current run and those that a person has put cases into, under the name
 * that wins, each with those that were merged into it, and without those that a person says are none. What a person put
 * together or apart has no stability: no trial would find it.
 */
export async function listCauseFacts(db: Kysely<Schema>, workspaceId: number): Promise<CauseFact[]> {
  const causes = await db
    .selectFrom("causes")
    .select(["cause_id", "label", "name", "category", "stability", "vanished_run_id", "set_aside"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("cause_id")
    .execute();
  const roots = await loadRoots(db, workspaceId);
  const made = await loadMadeCauses(db, workspaceId);
  const movedTo = new Set((await loadMoves(db, workspaceId)).values());
  const found = causes.filter(({ cause_id: id, vanished_run_id: run }) => run === null || movedTo.has(id));
  const idsOf = group(found, ({ cause_id: id }) => roots.get(id) ?? id);
  return causes.flatMap(({ cause_id: causeId, label, name, category, stability, set_aside }) => {
    const members = idsOf.get(causeId);
    if (members === undefined || set_aside) return [];
    const mergedIds = members.map(({ cause_id: id }) => id).filter((id) => id !== causeId);
    const isMade = mergedIds.length > 0 || made.has(causeId);
    return [{ causeId, name: name ?? label, category, mergedIds, stability: isMade ? null : stability }];
  });
}

/** What a person has said of each cause, and how sure the machine's suggestion of a category is. */
export async function listCauseStates(db: Kysely<Schema>, workspaceId: number): Promise<CauseState[]> {
  const causes = await db
    .selectFrom("causes")
    .select(["cause_id", "name", "category", "category_source", "category_confidence"])
    .where("workspace_id", "=", workspaceId)
    .execute();
  return causes.map((cause) => ({
    causeId: cause.cause_id,
    isNamed: cause.name !== null,
    isConfirmed: cause.category_source === "person",
    confidence: cause.category === null ? null : cause.category_confidence,
  }));
}

export async function findCause(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<Cause | undefined> {
  return db
    .selectFrom("causes")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "=", causeId)
    .executeTakeFirst();
}

/** Where a case belongs, and why. */
export interface CaseCause {
  cause_id: number;
  label: string;
  name: string | null;
  basis: "text" | "contact_reason" | "person";
  terms: string[];
}

/** The cause of one case. `undefined`: it has none. */
export async function findCaseCause(
  db: Kysely<Schema>,
  workspaceId: number,
  caseId: string,
): Promise<CaseCause | undefined> {
  return (await listCaseCauses(db, workspaceId, [caseId])).get(caseId);
}

/**
 * By case, its cause: where a person has moved it, else that of the current run with what joined the case
 * to it; of a merged cause the one that stands for it. A case that has none is not in it.
 */
export async function listCaseCauses(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<Map<string, CaseCause>> {
  if (caseIds.length === 0) return new Map();
  const moves = await loadMoves(db, workspaceId, { caseIds });
  const assigned = await loadAssigned(db, workspaceId, caseIds);
  const roots = await loadRoots(db, workspaceId);
  const found = caseIds.flatMap((caseId) => {
    const to = moves.get(caseId);
    const own =
      to === undefined ? assigned.get(caseId) : to && { cause_id: to, basis: "person" as const, terms: [] };
    return own ? [{ caseId, ...own, cause_id: roots.get(own.cause_id) ?? own.cause_id }] : [];
  });
  const causes = await loadStanding(db, workspaceId, [...new Set(found.map((one) => one.cause_id))]);
  return new Map(
    found.flatMap(({ caseId, ...one }) => {
      const cause = causes.get(one.cause_id);
      return cause === undefined ? [] : [[caseId, { ...one, label: cause.label, name: cause.name }] as const];
    }),
  );
}

/** By case: where the current run of the machine has it, and what joined it. */
async function loadAssigned(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<Map<string, Pick<CaseCause, "cause_id" | "basis" | "terms">>> {
  const rows = await db
    .selectFrom("case_causes as a")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.id", "=", "a.workspace_id").onRef("w.current_run_id", "=", "a.run_id"),
    )
    .select(["a.case_id", "a.cause_id", "a.basis", "a.terms"])
    .where("a.workspace_id", "=", workspaceId)
    .where(sql<boolean>`a.case_id = any(${caseIds}::uuid[])`)
    .execute();
  return new Map(rows.map(({ case_id: caseId, ...row }) => [caseId, row]));
}

/** Those of the causes that a person has not set aside. */
async function loadStanding(
  db: Kysely<Schema>,
  workspaceId: number,
  causeIds: readonly number[],
): Promise<Map<number, Pick<Cause, "label" | "name">>> {
  if (causeIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("causes")
    .select(["cause_id", "label", "name"])
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "in", causeIds)
    .where("set_aside", "=", false)
    .execute();
  return new Map(rows.map(({ cause_id: causeId, ...row }) => [causeId, row]));
}

/** Causes of which a person says that they are none, under the name that wins. */
export async function listSetAside(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<{ causeId: number; name: string }[]> {
  const causes = await db
    .selectFrom("causes")
    .select(["cause_id", "label", "name"])
    .where("workspace_id", "=", workspaceId)
    .where("set_aside", "=", true)
    .where("merged_into", "is", null)
    .orderBy("cause_id")
    .execute();
  return causes.map(({ cause_id: causeId, label, name }) => ({ causeId, name: name ?? label }));
}

/**
 * What a person says of a cause, and why. It holds in every later run. A name of `null` takes the name away, and the
 * machine's label shows again; the cases of a cause that is none count as without one, until `false` takes that back.
 */
export type CauseDecision = { reason: string | null; actor: string } & (
  | { kind: "rename"; name: string | null }
  | { kind: "set_category"; category: Category | null }
  | { kind: "not_a_cause"; setAside: boolean }
);

/**
 * Keeps a person's decision: the cause, the edit and the audit event in one transaction. Returns false where there is
 * no such cause.
 */
export async function decideCause(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
  decision: CauseDecision,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const before = await findCause(tx, workspaceId, causeId);
    if (before === undefined) return false;
    await tx
      .updateTable("causes")
      .set(changeOf(decision))
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", causeId)
      .execute();
    await keepDecision(tx, workspaceId, before, decision);
    if (decision.kind !== "set_category")
      await revokeVerdictsOf(tx, workspaceId, {
        causeIds: [causeId],
        because: becauseOf[decision.kind],
        actor: decision.actor,
      });
    await raiseDataVersion(tx, workspaceId, "no column");
    return true;
  });
}

/** Why a verdict on its second fix holds no more. */
const becauseOf = {
  rename: "The cause was renamed after the fix.",
  not_a_cause: "The cause was set aside, or taken up again, after the fix.",
};

function changeOf(decision: CauseDecision): Updateable<Causes> {
  switch (decision.kind) {
    case "rename":
      return { name: decision.name };
    case "set_category":
      return {
        category: decision.category,
        category_source: "person",
        category_confidence: null,
        category_reason: decision.reason,
      };
    case "not_a_cause":
      return { set_aside: decision.setAside };
  }
}

function stateBefore(cause: Cause, kind: CauseDecision["kind"]): Record<string, unknown> {
  if (kind === "rename") return { name: cause.name };
  if (kind === "not_a_cause") return { set_aside: cause.set_aside };
  return { category: cause.category, source: cause.category_source };
}

async function keepDecision(
  tx: Transaction<Schema>,
  workspaceId: number,
  before: Cause,
  { reason, actor, kind, ...said }: CauseDecision,
): Promise<void> {
  const detail = Object.fromEntries(Object.entries(said).map(([key, value]) => [key, asText(value)]));
  await recordEdit(tx, workspaceId, { kind, causeId: before.cause_id, detail, actor, reason });
  await recordAudit(tx, workspaceId, {
    actor,
    action: `cause.${kind}`,
    objectType: "cause",
    objectId: String(before.cause_id),
    before: stateBefore(before, kind),
    after: { ...said, reason },
  });
}

function asText(value: string | boolean | null): string | null {
  return value === null ? null : String(value);
}
