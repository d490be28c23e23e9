import { everything } from "#analytics/filter/filter.ts";
import { type Day, formatDay } from "#analytics/period.ts";
import { counted, dateText } from "#app/format.ts";
import type { UnfixedCause } from "#app/pages/quarter.ts";
import { hrefTo, type Workspace } from "#app/tables/view.ts";
import { listRisksDue } from "#db/queries/cause-calls.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";

export interface DecisionWanted {
  sentence: string;
  href: string;
}

/** What only somebody with authority can settle: overdue fixes, accepted risks that are due, large causes unfixed. */
export async function decisionsWanted(
  db: Database,
  asked: { workspace: Workspace; today: Day; largestUnfixed: readonly UnfixedCause[] },
): Promise<DecisionWanted[]> {
  const { id } = asked.workspace;
  const today = formatDay(asked.today);
  const causeHref = (causeId: number) => hrefTo(asked.workspace, `causes/${causeId}`, everything);
  const overdue = (await listSecondFixes(db, id)).filter(
    ({ state, due_on: due }) => (state === "draft" || state === "planned") && due !== null && due < today,
  );
  const risks = await listRisksDue(db, id, today);
  return [
    ...overdue.map((fix) => ({
      sentence: `The second fix “${fix.title}” was due on ${dateText(fix.due_on)}: go on, change or drop it?`,
      href: causeHref(fix.root_cause_id),
    })),
    ...risks.map((cause) => ({
      sentence: `The risk of “${cause.name}” was accepted until ${dateText(cause.reviewOn)}: accept it again, or fix it?`,
      href: causeHref(cause.causeId),
    })),
    ...asked.largestUnfixed.map(({ causeId, name, cases }) => ({
      sentence: `“${name}”: ${counted(cases, "case")} this quarter and no second fix in place: fix, watch or accept?`,
      href: causeHref(causeId),
    })),
  ];
}
