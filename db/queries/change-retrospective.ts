import { type Kysely, type RawBuilder, sql, type Transaction, type UpdateObject } from "kysely";
import type { Schema } from "../schema.ts";
import { type AuditEvent, recordAudit } from "./audit.ts";
import { highestRetrospectiveId } from "./highest-retrospective-id.ts";
import {
  findRetrospective,
  type ImportedFrom,
  type Retrospective,
  type RetrospectiveContent,
  type RetrospectiveOf,
  type RetrospectiveState,
} from "./retrospectives.ts";

/**
 * What people do to a retrospective; each in one transaction with its audit event. Only a draft is written in. It is
 * reviewed, then published, each by a person's own act, and either is taken back to be written in again. Only a draft
 * is deleted.
 */

/** Who changes which one, and the revision that they have seen. */
export interface RetrospectiveChange {
  id: number;
  revision: number;
  actor: string;
  /** The instant at which it was; now, unless it is told of a simulated company. */
  at?: string;
}

/** `changed`: somebody has changed it since. `state`: nothing of the kind is done to one in its state. */
export type ChangeResult = "done" | "missing" | "changed" | "state";

/** `reason`: one that is published is not taken back without one. */
export type TakeBackResult = ChangeResult | "reason";

export interface NewRetrospective {
  of: RetrospectiveOf;
  content: RetrospectiveContent;
  actor: string;
  /** Of one that came from a file: what the file's head said of it. */
  imported: ImportedFrom | null;
  /** The instant at which it was; now, unless it is told of a simulated company. */
  at?: string;
}

/** Writes a new draft, and returns its number. */
export async function createRetrospective(
  db: Kysely<Schema>,
  workspaceId: number,
  { of, content, actor, imported, at }: NewRetrospective,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // One after the other, so that no two get the same number.
    await tx.selectFrom("workspaces").select("id").where("id", "=", workspaceId).forUpdate().execute();
    const id = (await highestRetrospectiveId(tx, workspaceId)) + 1;
    await tx
      .insertInto("retrospectives")
      .values({
        workspace_id: workspaceId,
        retrospective_id: id,
        cause_id: "causeId" in of ? of.causeId : null,
        case_id: "caseId" in of ? of.caseId : null,
        ...columnsOf(content),
        written_at: at,
        written_by: actor,
        changed_at: at,
        changed_by: actor,
        reviewed_at: null,
        reviewed_by: null,
        published_at: null,
        published_by: null,
        imported: imported && JSON.stringify(imported),
      })
      .execute();
    await writeLists(tx, workspaceId, id, content);
    await recordAudit(tx, workspaceId, {
      ...eventOf({ id, actor, at }, imported === null ? "create" : "import"),
      before: null,
      after: { ...of, ...flat(content) },
    });
    return id;
  });
}

/** Writes in a draft. The audit event holds what is otherwise now; where nothing is, there is none. */
export async function saveRetrospective(
  db: Kysely<Schema>,
  workspaceId: number,
  { content, ...change }: RetrospectiveChange & { content: RetrospectiveContent },
): Promise<ChangeResult> {
  return changing(db, workspaceId, { change, from: ["draft"] }, async (tx, { content: old }) => {
    const [before, after] = differences(flat(old), flat(content));
    if (Object.keys(after).length === 0) return;
    await update(tx, workspaceId, change, columnsOf(content));
    await writeLists(tx, workspaceId, change.id, content);
    await recordAudit(tx, workspaceId, { ...eventOf(change, "save"), before, after });
  });
}

/** A person has reviewed a draft. */
export function reviewRetrospective(
  db: Kysely<Schema>,
  workspaceId: number,
  change: RetrospectiveChange,
): Promise<ChangeResult> {
  return changing(db, workspaceId, { change, from: ["draft"] }, async (tx, { state }) => {
    await update(tx, workspaceId, change, {
      state: "reviewed",
      reviewed_at: instantOf(change),
      reviewed_by: change.actor,
    });
    await recordAudit(tx, workspaceId, {
      ...eventOf(change, "review"),
      before: { state },
      after: { state: "reviewed" },
    });
  });
}

/** A person publishes one that is reviewed. */
export function publishRetrospective(
  db: Kysely<Schema>,
  workspaceId: number,
  change: RetrospectiveChange,
): Promise<ChangeResult> {
  return changing(db, workspaceId, { change, from: ["reviewed"] }, async (tx, { state }) => {
    await update(tx, workspaceId, change, {
      state: "published",
      published_at: instantOf(change),
      published_by: change.actor,
    });
    await recordAudit(tx, workspaceId, {
      ...eventOf(change, "publish"),
      before: { state },
      after: { state: "published" },
    });
  });
}

/** Takes one that is reviewed or published back, to be written in again. Who did either before stays in the audit. */
export async function takeBackRetrospective(
  db: Kysely<Schema>,
  workspaceId: number,
  { reason, ...change }: RetrospectiveChange & { reason: string | null },
): Promise<TakeBackResult> {
  let lacksReason = false;
  const result = await changing(
    db,
    workspaceId,
    { change, from: ["reviewed", "published"] },
    async (tx, old) => {
      lacksReason = old.state === "published" && reason === null;
      if (lacksReason) return;
      await update(tx, workspaceId, change, {
        state: "draft",
        reviewed_at: null,
        reviewed_by: null,
        published_at: null,
        published_by: null,
      });
      await recordAudit(tx, workspaceId, {
        ...eventOf(change, "take_back"),
        before: {
          state: old.state,
          reviewed: old.reviewed && `${old.reviewed.at}, ${old.reviewed.by}`,
          published: old.published && `${old.published.at}, ${old.published.by}`,
        },
        after: { state: "draft", reviewed: null, published: null, reason },
      });
    },
  );
  return lacksReason ? "reason" : result;
}

/** Does it where the retrospective is as the person has seen it, and in one of the states. */
export async function changing(
  db: Kysely<Schema>,
  workspaceId: number,
  { change, from }: { change: RetrospectiveChange; from: readonly RetrospectiveState[] },
  doIt: (tx: Transaction<Schema>, old: Retrospective) => Promise<void>,
): Promise<ChangeResult> {
  return db.transaction().execute(async (tx) => {
    await tx
      .selectFrom("retrospectives")
      .select("revision")
      .where("workspace_id", "=", workspaceId)
      .where("retrospective_id", "=", change.id)
      .forUpdate()
      .execute();
    const old = await findRetrospective(tx, workspaceId, change.id);
    if (old === undefined) return "missing";
    if (!from.includes(old.state)) return "state";
    if (old.revision !== change.revision) return "changed";
    await doIt(tx, old);
    return "done";
  });
}

async function update(
  tx: Transaction<Schema>,
  workspaceId: number,
  change: RetrospectiveChange,
  columns: UpdateObject<Schema, "retrospectives">,
): Promise<void> {
  await tx
    .updateTable("retrospectives")
    .set(columns)
    .set((eb) => ({
      revision: eb("revision", "+", 1),
      changed_at: instantOf(change),
      changed_by: change.actor,
    }))
    .where("workspace_id", "=", workspaceId)
    .where("retrospective_id", "=", change.id)
    .execute();
}

function instantOf({ at }: RetrospectiveChange): string | RawBuilder<string> {
  return at ?? sql<string>`now()`;
}

function columnsOf({ title, texts, whys, actions, factors }: RetrospectiveContent) {
  const words = [title, ...Object.values(texts), ...factors, ...whys, ...actions];
  return { title, body: JSON.stringify({ texts, whys, actions }), words: words.join("\n") };
}

async function writeLists(
  tx: Transaction<Schema>,
  workspaceId: number,
  id: number,
  { factors, fixIds }: RetrospectiveContent,
): Promise<void> {
  const key = { workspace_id: workspaceId, retrospective_id: id };
  for (const table of ["retrospective_factors", "retrospective_fixes"] as const)
    await deleteRows(tx, table, { workspaceId, id });
  if (factors.length > 0)
    await tx
      .insertInto("retrospective_factors")
      .values(factors.map((factor, index) => ({ ...key, place: index + 1, factor })))
      .execute();
  if (fixIds.length > 0)
    await tx
      .insertInto("retrospective_fixes")
      .values(fixIds.map((fixId, index) => ({ ...key, place: index + 1, fix_id: fixId })))
      .execute();
}

/** What a table has of one retrospective. */
export async function deleteRows(
  tx: Transaction<Schema>,
  table: "retrospectives" | "retrospective_factors" | "retrospective_fixes",
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<void> {
  await tx
    .deleteFrom(table)
    .where("workspace_id", "=", workspaceId)
    .where("retrospective_id", "=", id)
    .execute();
}

/** What an audit event says of a retrospective, whatever was done to it. */
export function eventOf(
  { id, actor, at }: { id: number; actor: string; at?: string | undefined },
  verb: string,
): Omit<AuditEvent, "before" | "after"> {
  return { actor, action: `retrospective.${verb}`, objectType: "retrospective", objectId: String(id), at };
}

/** One level of fields, as the audit holds them. */
export function flat({ texts, fixIds, ...content }: RetrospectiveContent): Record<string, unknown> {
  return { ...texts, ...content, second_fixes: fixIds };
}

/** What is otherwise, as it was and as it is. */
function differences(
  old: Record<string, unknown>,
  now: Record<string, unknown>,
): [before: Record<string, unknown>, after: Record<string, unknown>] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const changed = keys.filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  const only = (of: Record<string, unknown>) =>
    Object.fromEntries(changed.map((key) => [key, of[key] ?? null]));
  return [only(old), only(now)];
}
