import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { pageHead } from "#app/server/page-loader.ts";
import { requestView } from "#app/server/request-view.ts";
import { causesTable } from "#app/tables/causes-table.ts";
import { hrefTo } from "#app/tables/view.ts";
import type { Route } from "./+types/causes.ts";

export async function loader(args: Route.LoaderArgs) {
  const { view, unknownKeys } = await requestView(args);
  const table = causesTable(view);
  const rows = table.rows.map((row) =>
    typeof row.cells.cause_id === "string"
      ? { ...row, href: hrefTo(view.workspace, `causes/${row.cells.cause_id}`, view.filter) }
      : row,
  );
  return { head: pageHead(view, "causes", unknownKeys), table: { ...table, rows } };
}

export default function CausesPage({ loaderData: { head, table } }: Route.ComponentProps) {
  return (
    <>
      <title>Causes – Fix It Twice</title>
      <FilteredPageHead title="Recurring causes" head={head} />
      {table.rows.length === 0 ? (
        <EmptyState
          title="No case matches these filters."
          action={{ label: "Clear the filters", href: head.filterBar.clearHref }}
        />
      ) : (
        <DataTable table={table} />
      )}
    </>
  );
}
