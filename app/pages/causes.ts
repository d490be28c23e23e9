import type { CauseState } from "#analytics/metrics/confirmation-queue.ts";
import { causesTable } from "#app/tables/causes-table.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { hrefTo, makeView, type Snapshot } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";
import { causeTrustTexts } from "./cause-trust.ts";
import { emergingGroupsOf, type FoundGroups } from "./emerging.ts";
import { pageHead } from "./page-head.ts";

export interface AskedOfCauses extends AskedWithFilter {
  states: readonly CauseState[];
  found: FoundGroups;
}

export function causes(snapshot: Snapshot, { states, found, ...asked }: AskedOfCauses) {
  const view = makeView(snapshot, asked.filter, asked.today);
  const table = causesTable(view);
  return {
    head: pageHead(view, "causes", asked),
    table: pageTable({
      ...table,
      rows: table.rows.map((row) =>
        typeof row.cells.cause_id === "string"
          ? { ...row, href: hrefTo(view.workspace, `causes/${row.cells.cause_id}`, view.filter) }
          : row,
      ),
    }),
    trust: causeTrustTexts(view, states),
    emerging: emergingGroupsOf(view, found),
    /** As it is seen: the filter of links to causes. */
    filter: view.filter,
  };
}
