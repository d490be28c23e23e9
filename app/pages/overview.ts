import { paretoClaim } from "#app/sentences/pareto-claim.ts";
import { trendNote } from "#app/sentences/trend-note.ts";
import { causesTable, largestCauses } from "#app/tables/causes-table.ts";
import { headlineOfAll, headlineTiles } from "#app/tables/headline-table.ts";
import { outcomeFigureOf } from "#app/tables/outcome-tables.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { firstIncompleteMonth, trendTable } from "#app/tables/trend-table.ts";
import { hrefTo, makeView, type Snapshot } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";
import { pageHead } from "./page-head.ts";

/** More causes than a reader goes through are one row of the others; the page of causes has them all. */
const causesShown = 20;

export function overview(snapshot: Snapshot, asked: AskedWithFilter) {
  const view = makeView(snapshot, asked.filter, asked.today);
  const causes = causesTable(view);
  const largest = largestCauses(causes, causesShown);
  const trend = trendTable(view);
  const incompleteFrom = firstIncompleteMonth(trend);
  return {
    head: pageHead(view, "", asked),
    headline: headlineTiles(view, headlineOfAll),
    causes: {
      claim: paretoClaim(causes),
      table: { ...pageTable(largest), rowsInFile: causes.rows.length },
      /** Where they are all listed; `null`: they are all here. */
      all:
        largest === causes
          ? null
          : {
              count: causes.rows.filter((row) => row.tone === undefined).length,
              href: hrefTo(view.workspace, "causes", view.filter),
            },
    },
    trend: pageTable(trend),
    incompleteFrom,
    trendNote: trendNote(view, incompleteFrom),
    outcomeFigure: outcomeFigureOf(view),
    cases: view.incidence.length,
    resolved: view.resolved.length,
  };
}
