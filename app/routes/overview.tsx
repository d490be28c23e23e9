import { CategoryTrend } from "#app/charts/category-trend.tsx";
import { ParetoBars } from "#app/charts/pareto-bars.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FigureWithTable } from "#app/components/figure-with-table.tsx";
import { HeadlineTiles } from "#app/components/headline-tiles.tsx";
import { OutcomeFigure } from "#app/components/outcome-figure.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { counted, countText } from "#app/format.ts";
import { requestFilter } from "#app/server/request-view.ts";
import type { Route } from "./+types/overview.ts";

export const handle = { interactive: true };

export async function loader(args: Route.LoaderArgs) {
  const { page, asked } = await requestFilter(args);
  return page("overview", asked);
}

export default function OverviewPage({ loaderData }: Route.ComponentProps) {
  const { head, headline, causes, trend, incompleteFrom, outcomeFigure, cases, resolved } = loaderData;
  return (
    <>
      <title>Overview – Fix It Twice</title>
      <FilteredPageHead title="Overview" head={head} />
      {cases + resolved === 0 ? (
        <EmptyState
          title="No case matches these filters."
          action={{ label: "Clear the filters", href: head.filterBar.clearHref }}
        />
      ) : (
        <>
          <HeadlineTiles rows={headline} />
          <FigureWithTable
            heading={causes.claim}
            subtitle={`Cases by cause, ${head.period}; ${counted(cases, "case")}, by the day they happened`}
            table={causes.table}
            description={<AboutCauses all={causes.all} />}
          >
            <ParetoBars
              rows={causes.table.rows}
              total={cases}
              keys={{
                label: "cause",
                count: "cases",
                share: "share",
                cumulative: "cumulative_share",
                category: "category",
              }}
              format={countText}
            />
          </FigureWithTable>
          <FigureWithTable
            heading="Cases by month and category of cause"
            subtitle={`Cases a month, ${head.period}; ${counted(cases, "case")}, by the day they happened`}
            table={trend}
            description={loaderData.trendNote}
          >
            <CategoryTrend
              rows={trend.rows}
              month="month"
              categories={categoryColumns}
              label="Cases a month by category of cause"
              incompleteFrom={incompleteFrom}
            />
          </FigureWithTable>
          <OutcomeFigure {...outcomeFigure} />
        </>
      )}
    </>
  );
}

function AboutCauses({ all }: { all: Route.ComponentProps["loaderData"]["causes"]["all"] }) {
  return (
    <>
      Counts, not adjusted for volume.
      {all !== null && (
        <>
          {" "}
          The smaller causes are counted together, here and in the table; the CSV has each on its own.{" "}
          <a href={all.href}>All {counted(all.count, "cause")}</a>
        </>
      )}
    </>
  );
}

const categoryColumns = [
  { key: "product", category: "product" },
  { key: "process", category: "process" },
  { key: "staff_training", category: "staff_training" },
  { key: "unclassified", category: null },
] as const;
