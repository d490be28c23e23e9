import { Fragment } from "react";
import { CauseTrust } from "#app/components/cause-trust.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { EmergingGroups } from "#app/components/emerging-groups.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FindAnew } from "#app/components/find-anew.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { causeTrustView } from "#app/server/cause-trust.ts";
import { emergingView } from "#app/server/emerging-view.ts";
import { findAnewView } from "#app/server/find-anew.ts";
import { pageHead } from "#app/server/page-loader.ts";
import { requestView } from "#app/server/request-view.ts";
import { causesTable } from "#app/tables/causes-table.ts";
import { hrefTo } from "#app/tables/view.ts";
import { listSetAside } from "#db/queries/causes.ts";
import type { Route } from "./+types/causes.ts";

export async function loader(args: Route.LoaderArgs) {
  const { view, services, unknownKeys } = await requestView(args);
  const table = causesTable(view);
  const rows = table.rows.map((row) =>
    typeof row.cells.cause_id === "string"
      ? { ...row, href: hrefTo(view.workspace, `causes/${row.cells.cause_id}`, view.filter) }
      : row,
  );
  const setAside = await listSetAside(services.database.db, view.workspace.id);
  return {
    head: pageHead(view, "causes", unknownKeys),
    table: { ...table, rows },
    trust: await causeTrustView(services.database.db, view),
    emerging: await emergingView(services, view),
    findAnew: await findAnewView(services, view.workspace),
    setAside: setAside.map(({ causeId, name }) => ({
      name,
      href: hrefTo(view.workspace, `causes/${causeId}`, view.filter),
    })),
  };
}

export default function CausesPage({
  loaderData: { head, table, trust, emerging, findAnew, setAside },
}: Route.ComponentProps) {
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
        <>
          <DataTable table={table} />
          {emerging !== null && <EmergingGroups {...emerging} />}
          <CauseTrust {...trust} />
        </>
      )}
      {setAside.length > 0 && (
        <p className="small soft">
          A person said that these are no causes:{" "}
          {setAside.map(({ name, href }, index) => (
            <Fragment key={href}>
              {index > 0 && ", "}
              <a href={href}>{name}</a>
            </Fragment>
          ))}
          . Their cases stand under “no cause known”.
        </p>
      )}
      <FindAnew {...findAnew} />
    </>
  );
}
