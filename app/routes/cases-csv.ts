import { Readable } from "node:stream";
import { casesCsv } from "#app/csv/cases-csv.ts";
import { csvHeaders } from "#app/csv/csv-response.ts";
import { caseHits } from "#app/server/case-list.ts";
import { refuseUnknownKeys, requestFilter } from "#app/server/request-view.ts";
import type { Route } from "./+types/cases-csv.ts";

/** Every case of the list, whole, as a file that can be corrected and loaded again. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestFilter(args, ["q"]);
  refuseUnknownKeys(requested);
  const { services, snapshot, page, asked, search } = requested;
  const words = search.get("q") ?? "";
  const hits = await caseHits(services.database.db, snapshot.workspace, words);
  const { rows, period } = await page("caseRows", { ...asked, hits });
  const body = Readable.from(casesCsv(services.database, { ...snapshot, filter: asked.filter }, rows), {
    objectMode: false,
  });
  const headers = csvHeaders({ ...snapshot, period }, "cases");
  return new Response(Readable.toWeb(body) as ReadableStream, { headers }); // the two types of stream differ in name only
}
