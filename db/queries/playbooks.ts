import { type Kysely, type Selectable, sql } from "kysely";
import type { RemedyType } from "#analytics/case.ts";
import type { Playbooks, Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";

export type PlaybookVersion = Selectable<Playbooks>;

/** What a version says; a rule that is `null` is not set. */
export interface PlaybookContent {
  helpers: readonly string[] | null;
  highestLevel: number | null;
  offers: readonly RemedyType[] | null;
  ceiling: { minor: number; currency: string } | null;
  notes: string | null;
}

export interface NewPlaybook extends PlaybookContent {
  causeId: number;
  /** `YYYY-MM-DD`. */
  inForceFrom: string;
  reason: string | null;
  actor: string;
  /** The instant at which it was written; now, unless it is told of a simulated company. */
  at?: string;
}

/** Why a version was not added: nothing was changed. */
export type NotAdded =
  /** The cause is not there, or was merged into another one. */
  | { refused: "no_cause" }
  /** A version begins on that day already: two of one day could not be told apart by the day of a case. */
  | { refused: "day_taken"; version: number }
  /** It would begin on or before the day from which the version in force holds: cases would be judged by what was not in force. */
  | { refused: "rewrites_past"; version: number; from: string };

/** The versions of a cause's playbook, by the day from which each is in force. */
export async function listPlaybookVersions(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<PlaybookVersion[]> {
  return db
    .selectFrom("playbooks")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "=", causeId)
    .orderBy("in_force_from")
    .execute();
}

/** Those of some causes that have a playbook. */
export async function listCausesWithPlaybook(
  db: Kysely<Schema>,
  workspaceId: number,
  causeIds: readonly number[],
): Promise<number[]> {
  if (causeIds.length === 0) return [];
  const rows = await db
    .selectFrom("playbooks")
    .select("cause_id")
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .where("cause_id", "in", causeIds)
    .execute();
  return rows.map(({ cause_id: causeId }) => causeId);
}

/**
 * Adds a version behind those that there are; none is ever changed. Of two at once the second waits, and is asked again.
 * @param today the day of the workspace, `YYYY-MM-DD`: tells which version is in force
 * @returns the number of the version, or why it was not added
 */
export async function addPlaybookVersion(
  db: Kysely<Schema>,
  workspaceId: number,
  { today, ...playbook }: NewPlaybook & { today: string },
): Promise<{ version: number } | NotAdded> {
  const { causeId, inForceFrom } = playbook;
  return db.transaction().execute(async (tx) => {
    const cause = await tx
      .selectFrom("causes")
      .select("merged_into")
      .where("workspace_id", "=", workspaceId)
      .where("cause_id", "=", causeId)
      .forUpdate()
      .executeTakeFirst();
    if (cause === undefined || cause.merged_into !== null) return { refused: "no_cause" };
    const versions = await listPlaybookVersions(tx, workspaceId, causeId);
    const twin = versions.find((one) => one.in_force_from === inForceFrom);
    if (twin !== undefined) return { refused: "day_taken", version: twin.version };
    const inForce = versions.findLast((one) => one.in_force_from <= today);
    if (inForce !== undefined && inForceFrom < inForce.in_force_from)
      return { refused: "rewrites_past", version: inForce.version, from: inForce.in_force_from };
    const version = 1 + Math.max(0, ...versions.map((one) => one.version));
    const row = rowOf(playbook);
    await tx
      .insertInto("playbooks")
      .values({
        workspace_id: workspaceId,
        cause_id: causeId,
        version,
        actor: playbook.actor,
        made_at: playbook.at,
        ...row,
      })
      .execute();
    const last = versions.findLast((one) => one.in_force_from < inForceFrom);
    await recordAudit(tx, workspaceId, {
      actor: playbook.actor,
      action: "playbook.add_version",
      objectType: "cause",
      objectId: String(causeId),
      before: last === undefined ? null : { version: last.version, ...saidBy(last) },
      after: { version, ...row },
      at: playbook.at,
    });
    return { version };
  });
}

function rowOf({ inForceFrom, helpers, highestLevel, offers, ceiling, notes, reason }: NewPlaybook) {
  return {
    in_force_from: inForceFrom,
    helpers: helpers === null ? null : [...helpers],
    highest_level: highestLevel,
    offers: offers === null ? null : [...offers],
    ceiling_minor: ceiling?.minor ?? null,
    ceiling_currency: ceiling?.currency ?? null,
    notes,
    reason,
  };
}

function saidBy(version: PlaybookVersion): ReturnType<typeof rowOf> {
  const { in_force_from, helpers, highest_level, offers, ceiling_minor, ceiling_currency, notes, reason } =
    version;
  return {
    in_force_from,
    helpers,
    highest_level,
    offers,
    ceiling_minor,
    ceiling_currency,
    notes,
    reason,
  };
}

/** What of the handling of a case the columns do not hold; `null`: unknown. */
export interface CaseHandling {
  escalationLevel: number | null;
  paid: { minor: number; currency: string } | null;
}

const casesAtOnce = 10_000;

/** The handling of cases, in the order of the ids; of one that is gone nothing is known. */
export async function listCaseHandling(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<CaseHandling[]> {
  const byId = new Map<string, CaseHandling>();
  for (let from = 0; from < caseIds.length; from += casesAtOnce) {
    const rows = await db
      .selectFrom("cases as c")
      .select(["c.case_id", "c.escalation_level", "c.compensation_minor", "c.compensation_currency"])
      .where("c.workspace_id", "=", workspaceId)
      .where(sql<boolean>`c.case_id = any(${caseIds.slice(from, from + casesAtOnce)}::uuid[])`)
      .execute();
    for (const row of rows) {
      const { compensation_minor: minor, compensation_currency: currency } = row;
      byId.set(row.case_id, {
        escalationLevel: row.escalation_level,
        paid: minor === null || currency === null ? null : { minor, currency },
      });
    }
  }
  const unknown: CaseHandling = { escalationLevel: null, paid: null };
  return caseIds.map((id) => byId.get(id) ?? unknown);
}
