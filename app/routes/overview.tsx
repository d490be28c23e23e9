import { CategoryTrend } from "#app/charts/category-trend.tsx";
import { ParetoBars } from "#app/charts/pareto-bars.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FigureWithTable } from "#app/components/figure-with-table.tsx";
import { HeadlineTiles } from "#app/components/headline-tiles.tsx";
import { OutcomeFigure } from "#app/components/outcome-figure.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { counted, countText } from "#app/format.ts";
import { paretoClaim } from "#app/sentences/pareto-claim.ts";
import { requestFilter } from "#app/server/request-view.ts";
import { largestRows } from "#app/tables/largest-rows.ts";
import type { Route } from "./+types/overview.ts";

export const handle = { interactive: true };

const barsShown = 12;

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
          <HeadlineTiles
            table={headline}
            shown={["cases", "cause_known", "restored", "parted", "repeat_contact"]}
          />
          <FigureWithTable
            heading={paretoClaim(causes)}
            subtitle={`Cases by cause, ${head.period}; ${counted(cases, "case")}, by the day they happened`}
            table={causes}
            description="Counts, not adjusted for volume."
          >
            <ParetoBars
              rows={largestRows(causes, barsShown, "cause")}
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

const categoryColumns = [
  { key: "product", category: "product" },
  { key: "process", category: "process" },
  { key: "staff_training", category: "staff_training" },
  { key: "unclassified", category: null },
] as const;
