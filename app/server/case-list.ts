import { caseIdAt } from "#analytics/facts/facts.ts";
import type { View } from "#app/tables/view.ts";
import { searchCaseIds } from "#db/queries/cases.ts";
import type { Services } from "./services.ts";

/** The rows of the view's cases in its columns, latest first; with words, only those whose text or source id has them. */
export async function selectedRows(
  services: Services,
  view: View,
  words: string | null,
): Promise<Uint32Array> {
  const rows = (view.filter.cohort === "incidence" ? view.incidence : view.resolved).toReversed();
  const text = words?.replaceAll("\0", "").trim() ?? "";
  if (text === "") return rows;
  const hits = new Set(await searchCaseIds(services.database.db, view.workspace.id, text));
  return rows.filter((row) => hits.has(caseIdAt(view.facts, row)));
}
