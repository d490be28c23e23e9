import { csvResponse } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { loadLedger } from "#app/server/ledger.ts";
import { refuseUnknownKeys, requestFilter } from "#app/server/request-view.ts";
import { viewedPeriod } from "#app/tables/view.ts";
import type { Route } from "./+types/fix-table-csv.ts";

/** The CSV of a table of the ledger: the same rows as on its page, from the same function, through the same filter. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestFilter(args);
  refuseUnknownKeys(requested);
  const { services, snapshot, page, asked } = requested;
  const { funnel, league, fixes } = await page("ledger", {
    ...asked,
    ...(await loadLedger(services.database.db, snapshot.workspace.id, asked.today)),
  });
  const name = args.params.file.replace(/\.csv$/, "");
  const table = [funnel, league, fixes].find((one) => one.name === name);
  if (table === undefined)
    throw notFound(
      `There is no table named "${args.params.file}" of second fixes. Expected funnel.csv, kinds-of-second-fix.csv or second-fixes.csv.`,
    );
  return csvResponse({ ...snapshot, ...viewedPeriod(snapshot, asked.filter, asked.today) }, table);
}
