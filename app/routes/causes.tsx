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
import { requestFilter } from "#app/server/request-view.ts";
import { hrefTo } from "#app/tables/view.ts";
import { listCauseStates, listSetAside } from "#db/queries/causes.ts";
import type { Route } from "./+types/causes.ts";

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot, page, asked } = await requestFilter(args);
  const { db } = services.database;
  const { workspace } = snapshot;
  const states = await listCauseStates(db, workspace.id);
  const found = await services.emergingGroups(snapshot);
  const { filter, trust, emerging, ...shown } = await page("causes", { ...asked, states, found });
  const setAside = await listSetAside(db, workspace.id);
  return {
    ...shown,
    trust: await causeTrustView(db, snapshot, trust),
    emerging: emerging && (await emergingView(db, workspace, emerging)),
    findAnew: await findAnewView(services, workspace),
    setAside: setAside.map(({ causeId, name }) => ({
      name,
      href: hrefTo(workspace, `causes/${causeId}`, filter),
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
