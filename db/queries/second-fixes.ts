import type { Kysely, Selectable } from "kysely";
import type { Schema, SecondFixes, SecondFixKind } from "../schema.ts";

/** A second fix that is in place, with its effectiveness check. Days are local, `YYYY-MM-DD`. */
export interface NewSecondFix {
  causeId: number;
  kind: SecondFixKind;
  title: string;
  description: string;
  owner: string | null;
  openedOn: string;
  implementedOn: string;
  /** The share of cases that it is meant to take away, 0..1. */
  targetCut: number;
  checkOn: string;
  windowEnd: string;
}

export async function listAllSecondFixes(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<Selectable<SecondFixes>[]> {
  return db
    .selectFrom("second_fixes")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("fix_id")
    .execute();
}

/** Records fixes with their checks in one transaction; a workspace that has fixes already is left as it is. */
export async function insertSecondFixes(
  db: Kysely<Schema>,
  workspaceId: number,
  fixes: readonly NewSecondFix[],
): Promise<void> {
  if (fixes.length === 0) return;
  await db.transaction().execute(async (tx) => {
    const rows = fixes.map((fix, i) => ({ ...fix, fixId: i + 1 }));
    const inserted = await tx
      .insertInto("second_fixes")
      .values(
        rows.map((fix) => ({
          workspace_id: workspaceId,
          fix_id: fix.fixId,
          cause_id: fix.causeId,
          kind: fix.kind,
          title: fix.title,
          description: fix.description,
          owner: fix.owner,
          state: "implemented" as const,
          opened_on: fix.openedOn,
          due_on: null,
          implemented_on: fix.implementedOn,
          cost_minor: null,
          cost_currency: null,
          ticket_url: null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning("fix_id")
      .execute();
    const isNew = new Set(inserted.map((row) => row.fix_id));
    const checks = rows.filter((fix) => isNew.has(fix.fixId));
    if (checks.length === 0) return;
    await tx
      .insertInto("effectiveness_checks")
      .values(
        checks.map((fix) => ({
          workspace_id: workspaceId,
          fix_id: fix.fixId,
          metric: "cases_per_week" as const,
          baseline_from: null,
          baseline_to: null,
          target_cut: fix.targetCut,
          check_on: fix.checkOn,
          window_end: fix.windowEnd,
          verdict: null,
          verdict_inputs: null,
          method_id: null,
        })),
      )
      .execute();
  });
}
