import { everything } from "#analytics/filter/filter.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { formatDay } from "#analytics/period.ts";
import { counted, dateText, fewestForShare } from "#app/format.ts";
import { hrefTo, type View } from "#app/tables/view.ts";
import { listFixedCauseIds, listOverdueFixes, listRisksDue } from "#db/queries/causes.ts";
import type { Services } from "./services.ts";

export interface DecisionWanted {
  sentence: string;
  href: string;
}

const mostUnfixed = 3;

/** What only somebody with authority can settle: overdue fixes, accepted risks that are due, large causes unfixed. */
export async function decisionsWanted(services: Services, view: View): Promise<DecisionWanted[]> {
  const { db } = services.database;
  const { id } = view.workspace;
  const today = formatDay(services.today(view.workspace.timeZone));
  const causeHref = (causeId: number) => hrefTo(view.workspace, `causes/${causeId}`, everything);
  const fixed = await listFixedCauseIds(db, id);
  const overdue = await listOverdueFixes(db, id, today);
  const risks = await listRisksDue(db, id, today);
  const unfixed = causeRanking(view.facts, view.incidence)
    .filter(({ cause, cases }) => cause !== null && !fixed.has(cause.causeId) && cases >= fewestForShare)
    .slice(0, mostUnfixed);
  return [
    ...overdue.map((fix) => ({
      sentence: `The second fix “${fix.title}” was due on ${dateText(fix.due_on)}: go on, change or drop it?`,
      href: causeHref(fix.cause_id),
    })),
    ...risks.map((cause) => ({
      sentence: `The risk of “${cause.name ?? cause.label}” was accepted until ${dateText(cause.review_on)}: accept it again, or fix it?`,
      href: causeHref(cause.cause_id),
    })),
    ...unfixed.map(({ cause, cases }) => ({
      sentence: `“${cause?.name ?? ""}”: ${counted(cases, "case")} this quarter and no second fix in place: fix, watch or accept?`,
      href: causeHref(cause?.causeId ?? 0),
    })),
  ];
}
