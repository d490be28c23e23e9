import { csvResponse } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { orBadRequest, refuseUnknownKeys, requestView } from "#app/server/request-view.ts";
import { tables } from "#app/tables/tables.ts";
import type { Route } from "./+types/table-csv.ts";

/** The CSV of a table: the same rows as on the page, from the same function, through the same filter. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestView(args);
  const name = args.params.file.replace(/\.csv$/, "");
  const make = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (make === undefined)
    throw notFound(
      `There is no table named "${args.params.file}". Expected one of ${Object.keys(tables).join(", ")}, each with .csv.`,
    );
  refuseUnknownKeys(requested);
  const { view } = requested;
  return csvResponse(
    view,
    orBadRequest(() => make(view)),
  );
}
