import { everything } from "#analytics/filter/filter.ts";
import { csvResponse } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { comparedRuns } from "#app/server/run-comparison.ts";
import { requestRun } from "#app/server/run-page.ts";
import { runTables } from "#app/tables/run-tables.ts";
import { viewedPeriod } from "#app/tables/view.ts";
import type { Route } from "./+types/run-table-csv.ts";

/** The CSV of a table of a run: the same rows as on its page, from the same function, of all cases. */
export async function loader(args: Route.LoaderArgs) {
  const { services, workspaceHref, run } = await requestRun(args);
  const name = args.params.file.replace(/\.csv$/, "");
  const make = Object.hasOwn(runTables, name) ? runTables[name] : undefined;
  const compared = await comparedRuns(services.database.db, run, workspaceHref);
  if (make === undefined || compared === null)
    throw notFound(
      `There is no table named "${args.params.file}" of this run. Its page leads to those that there are.`,
    );
  const { snapshot, today } = await requestSnapshot(args);
  return csvResponse(
    { ...snapshot, ...viewedPeriod(snapshot, { ...everything, period: "all" }, today) },
    make(compared),
  );
}
