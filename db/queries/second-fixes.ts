import type { Kysely, Selectable, Transaction } from "kysely";
import type { SecondFixKind } from "#analytics/case.ts";
import { holdCases } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import type { EffectivenessChecks, SecondFixes } from "../schema-second-fixes.ts";
import { recordAudit } from "./audit.ts";
import { callCauseIn, loadCalls } from "./cause-calls.ts";
import { loadRoots } from "./cause-roots.ts";
import { type CheckFields, checkRowOf } from "./effectiveness-checks.ts";

/** A second fix with how it is judged. Days are local, `YYYY-MM-DD`. */
export type SecondFix = Selectable<SecondFixes> &
  Omit<Selectable<EffectivenessChecks>, "workspace_id" | "fix_id"> & {
    /** The cause that it is of now: of a merged one that which stands for it. */
    root_cause_id: number;
  };

/** What is said of a second fix; may be mended as long as it is not dropped. */
export interface FixFields {
  kind: SecondFixKind;
  title: string;
  description: string;
  owner: string | null;
  dueOn: string | null;
  cost: { minor: number; currency: string } | null;
  ticketUrl: string | null;
}

/** All second fixes, oldest first. */
export async function listSecondFixes(db: Kysely<Schema>, workspaceId: number): Promise<SecondFix[]> {
  const fixes = await db
    .selectFrom("second_fixes as f")
    .innerJoin("effectiveness_checks as c", (join) =>
      join.onRef("c.workspace_id", "=", "f.workspace_id").onRef("c.fix_id", "=", "f.fix_id"),
    )
    .selectAll("f")
    .select([
      "c.metric",
      "c.exposure_id",
      "c.exposure_scope",
      "c.baseline_from",
      "c.baseline_to",
      "c.wash_in_days",
      "c.target_cut",
      "c.check_on",
      "c.window_end",
      "c.looked_to",
    ])
    .where("f.workspace_id", "=", workspaceId)
    .orderBy("f.fix_id")
    .execute();
  const roots = await loadRoots(db, workspaceId);
  return fixes.map((fix) => ({ ...fix, root_cause_id: roots.get(fix.cause_id) ?? fix.cause_id }));
}

export async function findSecondFix(
  db: Kysely<Schema>,
  workspaceId: number,
  fixId: number,
): Promise<SecondFix | undefined> {
  return (await listSecondFixes(db, workspaceId)).find((fix) => fix.fix_id === fixId);
}

/** Those of a cause, and of the causes that were merged into it. */
export async function listFixesOfCause(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<SecondFix[]> {
  return (await listSecondFixes(db, workspaceId)).filter((fix) => fix.root_cause_id === causeId);
}

/** Causes with a second fix that is in place. */
export async function listFixedCauseIds(db: Kysely<Schema>, workspaceId: number): Promise<Set<number>> {
  const fixes = await listSecondFixes(db, workspaceId);
  return new Set(fixes.filter(({ state }) => state === "implemented").map((fix) => fix.root_cause_id));
}

export interface NewSecondFix extends FixFields {
  causeId: number;
  /** The day of the call to fix the cause: of that which holds, or of the one that is made with it. */
  openedOn: string;
  check: CheckFields;
}

/**
 * A draft, with its check, and the call to fix its cause where none holds. Returns its number.
 * @throws where there is no such cause, or it was merged into another one
 */
export async function openFix(
  db: Kysely<Schema>,
  workspaceId: number,
  fix: NewSecondFix & { actor: string },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await holdCases(tx, workspaceId); // one at a time, so that no two get one number
    await callToFix(tx, workspaceId, fix);
    const { last } = await tx
      .selectFrom("second_fixes")
      .select((eb) => eb.fn.coalesce(eb.fn.max("fix_id"), eb.lit(0)).as("last"))
      .where("workspace_id", "=", workspaceId)
      .executeTakeFirstOrThrow();
    const key = { workspace_id: workspaceId, fix_id: last + 1 };
    await tx
      .insertInto("second_fixes")
      .values({
        ...key,
        ...rowOf(fix),
        cause_id: fix.causeId,
        state: "draft",
        opened_on: fix.openedOn,
        implemented_on: null,
        implemented_to: null,
        dropped_because: null,
      })
      .execute();
    await tx
      .insertInto("effectiveness_checks")
      .values({ ...key, ...checkRowOf(fix.check), baseline_from: null, baseline_to: null })
      .execute();
    await audit(tx, key, { action: "open", actor: fix.actor, before: null, after: { ...rowOf(fix) } });
    return key.fix_id;
  });
}

async function callToFix(
  tx: Transaction<Schema>,
  workspaceId: number,
  { causeId, openedOn, title, actor }: NewSecondFix & { actor: string },
): Promise<void> {
  if ((await loadCalls(tx, workspaceId)).get(causeId)?.call === "fix") return;
  const isKept = await callCauseIn(tx, workspaceId, causeId, {
    call: "fix",
    calledOn: openedOn,
    reviewOn: null,
    reason: `The second fix “${title}” was opened.`,
    actor,
  });
  if (!isKept)
    throw new RangeError(`Got the cause ${causeId}; expected one that was not merged into another.`);
}

/** What may come of a change that somebody asks for. */
export type FixChange = "changed" | "no_such_fix" | "too_late";

/** Mends what is said of a fix; its check only until it is implemented. A reason is kept in the history. */
export async function changeFix(
  db: Kysely<Schema>,
  { workspaceId, fixId, actor }: FixKey & { actor: string },
  { fields, check, reason }: { fields?: FixFields; check?: CheckFields; reason?: string },
): Promise<FixChange> {
  return withFix(db, { workspaceId, fixId }, async (tx, before) => {
    const isOpen = before.state === "draft" || before.state === "planned";
    if (before.state === "dropped" || (check !== undefined && !isOpen)) return "too_late";
    const key = { workspace_id: workspaceId, fix_id: fixId };
    if (fields !== undefined) await updateFix(tx, key, rowOf(fields));
    if (check !== undefined)
      await tx
        .updateTable("effectiveness_checks")
        .set(checkRowOf(check))
        .where("workspace_id", "=", workspaceId)
        .where("fix_id", "=", fixId)
        .execute();
    const after = { ...(fields && rowOf(fields)), ...(check && checkRowOf(check)) };
    const changed = differences(before, after);
    await audit(tx, key, {
      action: "change",
      actor,
      before: changed.before,
      after: { ...changed.after, ...(reason !== undefined && { reason }) },
    });
    return "changed";
  });
}

/** What is said of a fix by moving it on. */
export type FixStep =
  /** It has an owner and a day by which it is to be in place. */
  | { to: "planned" }
  /** It is in place since `from`, put there until `till`; `baseline` is what the statistics proposed to compare with. */
  | { to: "implemented"; from: string; till: string; baseline: { from: string; to: string } | null }
  | { to: "dropped"; reason: string };

/** Moves a draft or a planned fix on; an implemented or dropped one stays what it is. */
export async function moveFix(
  db: Kysely<Schema>,
  { workspaceId, fixId, actor }: FixKey & { actor: string },
  step: FixStep,
): Promise<FixChange> {
  return withFix(db, { workspaceId, fixId }, async (tx, before) => {
    if (before.state !== "draft" && before.state !== "planned") return "too_late";
    const key = { workspace_id: workspaceId, fix_id: fixId };
    const row = {
      state: step.to,
      ...(step.to === "implemented" && { implemented_on: step.from, implemented_to: step.till }),
      ...(step.to === "dropped" && { dropped_because: step.reason }),
    };
    await updateFix(tx, key, row);
    if (step.to === "implemented")
      await tx
        .updateTable("effectiveness_checks")
        .set({ baseline_from: step.baseline?.from ?? null, baseline_to: step.baseline?.to ?? null })
        .where("workspace_id", "=", workspaceId)
        .where("fix_id", "=", fixId)
        .execute();
    await audit(tx, key, { action: step.to, actor, ...differences(before, row) });
    return "changed";
  });
}

interface FixKey {
  workspaceId: number;
  fixId: number;
}

type RowKey = { workspace_id: number; fix_id: number };

/** Holds the fix while it is changed, so that two people do not write over each other. */
async function withFix(
  db: Kysely<Schema>,
  { workspaceId, fixId }: FixKey,
  change: (tx: Transaction<Schema>, before: SecondFix) => Promise<FixChange>,
): Promise<FixChange> {
  return db.transaction().execute(async (tx) => {
    await tx
      .selectFrom("second_fixes")
      .select("fix_id")
      .where("workspace_id", "=", workspaceId)
      .where("fix_id", "=", fixId)
      .forUpdate()
      .execute();
    const before = await findSecondFix(tx, workspaceId, fixId);
    return before === undefined ? "no_such_fix" : change(tx, before);
  });
}

async function updateFix(
  tx: Transaction<Schema>,
  key: RowKey,
  row: Partial<Selectable<SecondFixes>>,
): Promise<void> {
  await tx
    .updateTable("second_fixes")
    .set(row)
    .where("workspace_id", "=", key.workspace_id)
    .where("fix_id", "=", key.fix_id)
    .execute();
}

async function audit(
  tx: Transaction<Schema>,
  key: RowKey,
  event: {
    action: string;
    actor: string;
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
  },
): Promise<void> {
  await recordAudit(tx, key.workspace_id, {
    ...event,
    action: `second_fix.${event.action}`,
    objectType: "second_fix",
    objectId: String(key.fix_id),
  });
}

/** What changed, as it was and as it is. */
function differences(
  before: SecondFix,
  after: Record<string, unknown>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const was = before as unknown as Record<string, unknown>; // read by the names of its own columns
  const changed = Object.keys(after).filter((key) => after[key] !== was[key]);
  const of = (row: Record<string, unknown>) => Object.fromEntries(changed.map((key) => [key, row[key]]));
  return { before: of(was), after: of(after) };
}

function rowOf({ kind, title, description, owner, dueOn, cost, ticketUrl }: FixFields) {
  return {
    kind,
    title,
    description,
    owner,
    due_on: dueOn,
    cost_minor: cost?.minor ?? null,
    cost_currency: cost?.currency ?? null,
    ticket_url: ticketUrl,
  };
}
