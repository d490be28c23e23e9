import { byteOrderMark, csvLines } from "#app/csv/csv-lines.ts";
import { csvHeaders } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { findExposureSeries, listExposureDays } from "#db/queries/exposure.ts";
import type { Route } from "./+types/exposure-csv.ts";

/** The days of a series, as they can be loaded again. */
export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const { db } = services.database;
  const number = /^(\d{1,9})\.csv$/.exec(args.params.file)?.[1];
  const series = number && (await findExposureSeries(db, snapshot.workspace.id, Number(number)));
  if (!series) throw notFound(`There is no series "${args.params.file}". The page Exposure leads to each.`);
  const { scope, series_id: seriesId } = series;
  const days = await listExposureDays(db, snapshot.workspace.id, seriesId);
  // The numbers as texts: with all their figures, so that loading them again changes nothing.
  const rows = days.map(({ day, scopeValue, value }) =>
    scope === "all" ? [day, String(value)] : [day, scopeValue, String(value)],
  );
  const header = scope === "all" ? ["day", "value"] : ["day", scope, "value"];
  const period = { start: 0, end: 0 }; // the name of the file has no days: they stand in it
  return new Response(byteOrderMark + csvLines([header, ...rows]), {
    headers: csvHeaders({ workspace: snapshot.workspace, period }, `exposure-${seriesId}`),
  });
}
