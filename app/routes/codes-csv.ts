import { everything } from "#analytics/filter/filter.ts";
import { codesCsv } from "#app/csv/codes-csv.ts";
import { csvHeaders } from "#app/csv/csv-response.ts";
import { noSample } from "#app/server/coding-sample.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import { viewedPeriod } from "#app/tables/view.ts";
import { listCodes } from "#db/queries/case-codes.ts";
import { findSample, listSampleCases } from "#db/queries/coding-samples.ts";
import type { Route } from "./+types/codes-csv.ts";

/** What was published of the cases of a sample, and what each coder said of them. */
export async function loader(args: Route.LoaderArgs) {
  const sampleId = wholeNumber(args.params.sampleId, "sample");
  const { services, snapshot, today } = await requestSnapshot(args);
  const { db } = services.database;
  const { id: workspaceId } = snapshot.workspace;
  const sample = await findSample(db, workspaceId, sampleId);
  if (sample === undefined) throw noSample(sampleId);
  const published = await listSampleCases(db, workspaceId, sampleId);
  const body = codesCsv(sample, published, await listCodes(db, { workspaceId, sampleId }));
  const headers = csvHeaders(
    { ...snapshot, ...viewedPeriod(snapshot, everything, today) },
    `codes-of-sample-${sampleId}`,
  );
  return new Response(body, { headers });
}
