import { caseIdAt } from "#analytics/facts/facts.ts";
import { inOrder } from "#analytics/filter/in-order.ts";
import type { View } from "#app/tables/view.ts";
import { searchCaseIds } from "#db/queries/cases.ts";
import type { Services } from "./services.ts";

/** The ids of the view's cases, latest first; with words, only those whose text or source id has them. */
export async function selectedCaseIds(
  services: Services,
  view: View,
  words: string | null,
): Promise<string[]> {
  const { cohort } = view.filter;
  const rows = inOrder(view.facts, cohort === "incidence" ? view.incidence : view.resolved, cohort);
  const ids = Array.from(rows, (row) => caseIdAt(view.facts, row)).toReversed();
  const text = words?.replaceAll("\0", "").trim() ?? "";
  if (text === "") return ids;
  const hits = new Set(await searchCaseIds(services.database.db, view.workspace.id, text));
  return ids.filter((id) => hits.has(id));
}
