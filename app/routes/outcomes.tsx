import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { OutcomeFigure } from "#app/components/outcome-figure.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { requestFilter } from "#app/server/request-view.ts";
import type { Route } from "./+types/outcomes.ts";

export async function loader(args: Route.LoaderArgs) {
  const { page, asked } = await requestFilter(args);
  return page("outcomes", asked);
}

export default function OutcomesPage({ loaderData }: Route.ComponentProps) {
  const { head, resolved, outcomeFigure, byReason, remedies, times } = loaderData;
  return (
    <>
      <title>Outcomes – Fix It Twice</title>
      <FilteredPageHead title="What became of the cases" head={head} />
      {resolved === 0 ? (
        <EmptyState
          title="No case was resolved under these filters."
          action={{ label: "Clear the filters", href: head.filterBar.clearHref }}
        />
      ) : (
        <>
          <OutcomeFigure {...outcomeFigure} />
          {times.rows.length > 0 && (
            <section>
              <h2>How long cases take</h2>
              <DataTable table={times} captionHidden />
            </section>
          )}
          {outcomeFigure.tells !== "nothing" && (
            <>
              <section>
                <h2>Remedy by contact reason</h2>
                <DataTable table={remedies} captionHidden />
              </section>
              <section>
                <h2>Outcome by contact reason</h2>
                <DataTable table={byReason} captionHidden />
              </section>
            </>
          )}
        </>
      )}
    </>
  );
}
