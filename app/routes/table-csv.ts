import { csvResponse } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { refuseUnknownKeys, requestFilter } from "#app/server/request-view.ts";
import { tables, tablesOfBursts } from "#app/tables/tables.ts";
import type { Route } from "./+types/table-csv.ts";

/** The CSV of a table: the same rows as on the page, from the same function, through the same filter. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestFilter(args);
  const name = args.params.file.replace(/\.csv$/, "");
  if (!Object.hasOwn(tables, name))
    throw notFound(
      `There is no table named "${args.params.file}". Expected one of ${Object.keys(tables).join(", ")}, each with .csv.`,
    );
  refuseUnknownKeys(requested);
  const { snapshot, page, asked } = requested;
  const { table, period } = await page(tablesOfBursts.has(name) ? "tableOfBursts" : "table", {
    ...asked,
    name,
  });
  return csvResponse({ ...snapshot, period }, table);
}
