import { trendNote } from "#app/sentences/trend-note.ts";
import { causesTable } from "#app/tables/causes-table.ts";
import { headlineTable } from "#app/tables/headline-table.ts";
import { outcomeFigureOf } from "#app/tables/outcome-tables.ts";
import { firstIncompleteMonth, trendTable } from "#app/tables/trend-table.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";
import { pageHead } from "./page-head.ts";

export function overview(snapshot: Snapshot, asked: AskedWithFilter) {
  const view = makeView(snapshot, asked.filter, asked.today);
  const trend = trendTable(view);
  const incompleteFrom = firstIncompleteMonth(trend);
  return {
    head: pageHead(view, "", asked),
    headline: headlineTable(view),
    causes: causesTable(view),
    trend,
    incompleteFrom,
    trendNote: trendNote(view, incompleteFrom),
    outcomeFigure: outcomeFigureOf(view),
    cases: view.incidence.length,
    resolved: view.resolved.length,
  };
}
