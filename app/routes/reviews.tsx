import { everything } from "#analytics/filter/filter.ts";
import { parseQuarter } from "#analytics/period.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { completeQuarters } from "#app/filters/describe-filter.ts";
import { quarterText } from "#app/format.ts";
import { requestView } from "#app/server/request-view.ts";
import { hrefTo, tableCsvHref } from "#app/tables/view.ts";
import type { Route } from "./+types/reviews.ts";

const mostQuarters = 40;

export async function loader(args: Route.LoaderArgs) {
  const { view } = await requestView(args);
  const { fiscalStart } = view.calendar;
  return {
    importsHref: hrefTo(view.workspace, "imports", everything),
    quarters: completeQuarters(view, mostQuarters).map((quarter) => {
      const period = parseQuarter(quarter, fiscalStart);
      const filter = { ...everything, period: quarter };
      return {
        quarter,
        label: period === null ? quarter : quarterText(period, fiscalStart),
        href: hrefTo(view.workspace, `reviews/${quarter}`, everything),
        csvHref: tableCsvHref({ ...view, filter }, "review-causes"),
      };
    }),
  };
}

export default function ReviewsPage({ loaderData: { quarters, importsHref } }: Route.ComponentProps) {
  return (
    <>
      <title>Reviews – Fix It Twice</title>
      <h1>Quarterly reviews</h1>
      {quarters.length === 0 ? (
        <EmptyState
          title="The data cover no complete quarter yet."
          action={{ label: "Imports", href: importsHref }}
        />
      ) : (
        <>
          <p className="lead">
            Each complete quarter, beside the one before and the same one a year earlier.
          </p>
          <ul className="quarter-list">
            {quarters.map(({ quarter, label, href, csvHref }) => (
              <li key={quarter}>
                <a href={href}>{label}</a>{" "}
                <a className="small" href={csvHref} download>
                  CSV<span className="visually-hidden"> of {label}</span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
