import { EmptyState } from "#app/components/empty-state.tsx";
import { requestFilter } from "#app/server/request-view.ts";
import type { Route } from "./+types/reviews.ts";

export async function loader(args: Route.LoaderArgs) {
  const { page, asked } = await requestFilter(args);
  return page("reviews", asked);
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
