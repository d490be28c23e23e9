import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Regression } from "#analytics/second-fix/find-regression.ts";
import type { RecordedJudgement } from "#analytics/second-fix/recorded-judgement.ts";
import type { VerdictOfChange } from "#analytics/second-fix/verdict-of-change.ts";
import type { Schema } from "../schema.ts";
import type { FixVerdicts } from "../schema-second-fixes.ts";
import { recordAudit } from "./audit.ts";
import { loadRoots } from "./cause-roots.ts";

export type FixVerdict = Selectable<FixVerdicts>;

/** A verdict that the statistics reached. */
export interface NewVerdict {
  fixId: number;
  verdict: FixVerdict["verdict"];
  look: "check" | "window_end" | "watch";
  judgedOn: string;
  judgement: RecordedJudgement | Regression;
  methodId: string;
  runId: number;
}

/** Every verdict on a workspace's fixes, the oldest first, revoked ones too. */
export async function listVerdicts(db: Kysely<Schema>, workspaceId: number): Promise<FixVerdict[]> {
  return db
    .selectFrom("fix_verdicts")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("verdict_id")
    .execute();
}

/** The verdicts on one fix that stand. */
export interface StandingVerdicts {
  /** At a look; what the statistics say. */
  measured: FixVerdict | undefined;
  /** That the cause came back afterwards. */
  regressed: FixVerdict | undefined;
  /** What a person says instead. */
  override: FixVerdict | undefined;
  /** The later of a person's word and of the watch, so that no word hides that a cause came back after it; else that of the look. */
  holds: FixVerdict | undefined;
  verdict: FixVerdict["verdict"] | null;
}

/** @param verdicts in the order in which they were made; those of other fixes are passed over */
export function standingVerdicts(verdicts: readonly FixVerdict[], fixId: number): StandingVerdicts {
  const standing = verdicts.filter((row) => row.fix_id === fixId && row.revoked_at === null);
  const latest = (isOf: (look: FixVerdict["look"]) => boolean) => standing.findLast(({ look }) => isOf(look));
  const measured = latest((look) => look === "check" || look === "window_end");
  const regressed = latest((look) => look === "watch");
  const override = latest((look) => look === "person");
  const said = override !== undefined && override.verdict_id > (regressed?.verdict_id ?? 0);
  const holds = said ? override : (regressed ?? measured);
  return { measured, regressed, override, holds, verdict: holds?.verdict ?? null };
}

/** Keeps verdicts, each with its audit event; of a fix that has the same look already none. */
export async function saveVerdicts(
  db: Kysely<Schema>,
  workspaceId: number,
  verdicts: readonly NewVerdict[],
): Promise<void> {
  if (verdicts.length === 0) return;
  await db.transaction().execute(async (tx) => {
    const known = await holdVerdicts(tx, workspaceId);
    for (const { fixId, look, ...found } of verdicts) {
      const { measured, regressed } = standingVerdicts(known, fixId);
      if ((look === "watch" ? regressed : measured) !== undefined) continue; // another process was first
      await insertVerdict(tx, workspaceId, {
        fix_id: fixId,
        look,
        verdict: found.verdict,
        judged_on: found.judgedOn,
        judgement: JSON.stringify(found.judgement),
        method_id: found.methodId,
        run_id: found.runId,
        actor: null,
        reason: null,
      });
    }
  });
}

/** Notes up to which day fixes were looked at, whatever was seen; `null`: they have to be looked at anew. */
export async function noteLooked(
  db: Kysely<Schema>,
  workspaceId: number,
  { fixIds, until }: { fixIds: readonly number[]; until: string | null },
): Promise<void> {
  if (fixIds.length === 0) return;
  await db
    .updateTable("effectiveness_checks")
    .set({ looked_to: until })
    .where("workspace_id", "=", workspaceId)
    .where("fix_id", "in", fixIds)
    .execute();
}

/** A person's word in place of the statistics' verdict; both are kept and shown. False where there is no such implemented fix. */
export async function overrideVerdict(
  db: Kysely<Schema>,
  { workspaceId, fixId }: { workspaceId: number; fixId: number },
  said: { verdict: VerdictOfChange; reason: string; actor: string; on: string },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const fix = await tx
      .selectFrom("second_fixes")
      .select("state")
      .where("workspace_id", "=", workspaceId)
      .where("fix_id", "=", fixId)
      .executeTakeFirst();
    if (fix?.state !== "implemented") return false;
    const before = standingVerdicts(await holdVerdicts(tx, workspaceId), fixId).override;
    if (before !== undefined)
      await revoke(tx, workspaceId, [before], "Another word of a person took its place.");
    await insertVerdict(tx, workspaceId, {
      fix_id: fixId,
      look: "person",
      verdict: said.verdict,
      judged_on: said.on,
      judgement: "{}",
      method_id: null,
      run_id: null,
      actor: said.actor,
      reason: said.reason,
    });
    return true;
  });
}

/** Takes a person's word on a fix back: the statistics' verdict holds again. False where there is none. */
export async function withdrawOverride(
  db: Kysely<Schema>,
  { workspaceId, fixId, actor }: { workspaceId: number; fixId: number; actor: string },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { override } = standingVerdicts(await holdVerdicts(tx, workspaceId), fixId);
    if (override === undefined) return false;
    await revoke(tx, workspaceId, [override], "The person's word was withdrawn.", actor);
    return true;
  });
}

/**
 * Takes back what the statistics said of the fixes of causes that are others now: merged, split, renamed or set aside after
 * the fix. They are judged anew. A person's word stays.
 */
export async function revokeVerdictsOf(
  tx: Transaction<Schema>,
  workspaceId: number,
  { causeIds, because, actor }: { causeIds: readonly number[]; because: string; actor: string },
): Promise<void> {
  const roots = await loadRoots(tx, workspaceId);
  const concerned = new Set(causeIds.flatMap((id) => [id, roots.get(id) ?? id]));
  const fixes = await tx
    .selectFrom("second_fixes")
    .select(["fix_id", "cause_id"])
    .where("workspace_id", "=", workspaceId)
    .execute();
  const fixIds = new Set(
    fixes
      .filter(({ cause_id: id }) => concerned.has(id) || concerned.has(roots.get(id) ?? id))
      .map(({ fix_id: id }) => id),
  );
  if (fixIds.size === 0) return;
  await noteLooked(tx, workspaceId, { fixIds: [...fixIds], until: null });
  const standing = (await holdVerdicts(tx, workspaceId)).filter(
    (row) => fixIds.has(row.fix_id) && row.look !== "person" && row.revoked_at === null,
  );
  await revoke(tx, workspaceId, standing, because, actor);
}

/** The verdicts of a workspace; nobody else adds or revokes one before the transaction ends. */
async function holdVerdicts(tx: Transaction<Schema>, workspaceId: number): Promise<FixVerdict[]> {
  await tx.selectFrom("workspaces").select("id").where("id", "=", workspaceId).forUpdate().execute();
  return listVerdicts(tx, workspaceId);
}

async function insertVerdict(
  tx: Transaction<Schema>,
  workspaceId: number,
  row: Pick<
    FixVerdict,
    "fix_id" | "look" | "verdict" | "judged_on" | "method_id" | "run_id" | "actor" | "reason"
  > & { judgement: string },
): Promise<void> {
  const { last } = await tx
    .selectFrom("fix_verdicts")
    .select((eb) => eb.fn.coalesce(eb.fn.max("verdict_id"), eb.lit(0)).as("last"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("fix_verdicts")
    .values({
      ...row,
      workspace_id: workspaceId,
      verdict_id: last + 1,
      revoked_at: null,
      revoked_because: null,
    })
    .execute();
  await recordAudit(tx, workspaceId, {
    actor: row.actor ?? statistics,
    action: row.look === "person" ? "second_fix.override" : "second_fix.verdict",
    objectType: "second_fix",
    objectId: String(row.fix_id),
    before: null,
    after: { verdict: row.verdict, look: row.look, judged_on: row.judged_on, reason: row.reason },
  });
}

/** Who is named in the history where nobody said it. */
const statistics = "the statistics";

async function revoke(
  tx: Transaction<Schema>,
  workspaceId: number,
  verdicts: readonly FixVerdict[],
  because: string,
  actor: string = statistics,
): Promise<void> {
  for (const { verdict_id: id, fix_id: fixId, verdict, look } of verdicts) {
    await tx
      .updateTable("fix_verdicts")
      .set({ revoked_at: sql<string>`now()`, revoked_because: because })
      .where("workspace_id", "=", workspaceId)
      .where("verdict_id", "=", id)
      .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: "second_fix.revoke_verdict",
      objectType: "second_fix",
      objectId: String(fixId),
      before: { verdict, look },
      after: { verdict: null, because },
    });
  }
}
