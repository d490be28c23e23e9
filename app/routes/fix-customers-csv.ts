import { everything } from "#analytics/filter/filter.ts";
import { csvResponse } from "#app/csv/csv-response.ts";
import { requestCustomers } from "#app/server/fix-customers.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { customersTable } from "#app/tables/customers-table.ts";
import { viewedPeriod } from "#app/tables/view.ts";
import type { Route } from "./+types/fix-customers-csv.ts";

/** The customers of a fix's cause as the page lists them. */
export async function loader(args: Route.LoaderArgs) {
  const { base, listed } = await requestCustomers(args);
  const { snapshot, today } = await requestSnapshot(args);
  return csvResponse(
    { ...snapshot, ...viewedPeriod(snapshot, { ...everything, period: "all" }, today) },
    customersTable(listed, { base, csvHref: new URL(args.request.url).pathname }),
  );
}
