import { Readable } from "node:stream";
import { everything } from "#analytics/filter/filter.ts";
import { csvHeaders } from "#app/csv/csv-response.ts";
import { rejectedCsv } from "#app/csv/rejected-csv.ts";
import { notFound } from "#app/server/http-errors.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import { viewedPeriod } from "#app/tables/view.ts";
import { findImport } from "#db/imports/store/queries.ts";
import type { Route } from "./+types/rejected-csv.ts";

/** The rows that an import rejected, as they stood in the file, so that they can be mended and loaded again. */
export async function loader(args: Route.LoaderArgs) {
  const importId = wholeNumber(args.params.importId, "import");
  const { services, snapshot, today } = await requestSnapshot(args);
  const load = await findImport(services.database.db, snapshot.workspace.id, importId);
  if (load === undefined) throw notFound(`There is no import ${importId} in this workspace.`);
  const body = Readable.from(rejectedCsv(services.database.db, load), { objectMode: false });
  const headers = csvHeaders(
    { ...snapshot, ...viewedPeriod(snapshot, everything, today) },
    `rejected-rows-of-import-${importId}`,
  );
  return new Response(Readable.toWeb(body) as ReadableStream, { headers }); // the two types of stream differ in name only
}
