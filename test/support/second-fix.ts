import { callCause } from "#db/queries/cause-calls.ts";
import { type FixStep, moveFix, type NewSecondFix, openFix } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";

const actor = "Ann";

/** In place since 20 March 2026. */
export const inPlace: FixStep = { to: "implemented", from: "2026-03-20", till: "2026-03-20", baseline: null };

/** A second fix of a cause, called by Ann on 1 March 2026 and due on 1 April, then moved on by the steps. Returns its number. */
export async function addSecondFix(
  db: Database,
  workspaceId: number,
  fix: Partial<NewSecondFix> & { causeId: number },
  ...steps: FixStep[]
): Promise<number> {
  const openedOn = fix.openedOn ?? "2026-03-01";
  const call = { call: "fix", calledOn: openedOn, reviewOn: null, reason: "Often.", actor } as const;
  await callCause(db, workspaceId, fix.causeId, call);
  const fixId = await openFix(db, workspaceId, {
    kind: "training",
    title: "A course",
    description: "An hour of it.",
    owner: "Ann",
    dueOn: "2026-04-01",
    cost: null,
    ticketUrl: null,
    openedOn,
    check: {
      exposure: null,
      washInDays: 14,
      targetCut: 0.5,
      checkOn: "2026-09-01",
      windowEnd: "2026-12-01",
    },
    ...fix,
    actor,
  });
  for (const step of steps) await moveFix(db, { workspaceId, fixId, actor }, step);
  return fixId;
}
