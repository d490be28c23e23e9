import { withLargestShown } from "#app/tables/largest-rows.ts";
import { outcomeFigureOf, outcomesTable, remediesTable } from "#app/tables/outcome-tables.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { resolutionTimesTable } from "#app/tables/resolution-times-table.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";
import { pageHead } from "./page-head.ts";

export function outcomes(snapshot: Snapshot, asked: AskedWithFilter) {
  const view = makeView(snapshot, asked.filter, asked.today);
  const resolvedView = { ...view, filter: { ...view.filter, cohort: "outcome" as const } };
  return {
    head: pageHead(resolvedView, "outcomes", asked),
    resolved: view.resolved.length,
    outcomeFigure: outcomeFigureOf(view),
    byReason: pageTable(withLargestShown(outcomesTable(view, "contact_reason"))),
    remedies: pageTable(withLargestShown(remediesTable(view, "contact_reason"))),
    times: pageTable(withLargestShown(resolutionTimesTable(view))),
  };
}
