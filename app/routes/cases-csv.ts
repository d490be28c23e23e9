import { Readable } from "node:stream";
import { casesCsv } from "#app/csv/cases-csv.ts";
import { csvHeaders } from "#app/csv/csv-response.ts";
import { selectedRows } from "#app/server/case-list.ts";
import { refuseUnknownKeys, requestView } from "#app/server/request-view.ts";
import type { Route } from "./+types/cases-csv.ts";

/** Every case of the list, whole, as a file that can be corrected and loaded again. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestView(args, ["q"]);
  refuseUnknownKeys(requested);
  const { view, services, search } = requested;
  const rows = await selectedRows(services, view, search.get("q"));
  const body = Readable.from(casesCsv(services.database, view, rows), { objectMode: false });
  return new Response(Readable.toWeb(body) as ReadableStream, { headers: csvHeaders(view, "cases") }); // the two types of stream differ in name only
}
