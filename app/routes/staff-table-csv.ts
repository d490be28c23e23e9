import { csvResponse } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { requestStaffQuestion } from "#app/server/staff-question.ts";
import { agentsTable, unitsTable } from "#app/tables/agents-table.ts";
import type { Route } from "./+types/staff-table-csv.ts";

/** A table of the evidence: the rows of its page, under letters always. */
export async function loader(args: Route.LoaderArgs) {
  const { requested, asked, question } = await requestStaffQuestion(args);
  const { file } = args.params;
  const csvHref = new URL(args.request.url).pathname;
  const table = [agentsTable(question.found, { csvHref }), unitsTable(question.found, csvHref)].find(
    ({ name }) => `${name}.csv` === file,
  );
  if (table === undefined)
    throw notFound(`There is no table named "${file}" here. Expected agents.csv or units.csv.`);
  return csvResponse({ workspace: requested.snapshot.workspace, period: asked.period }, table);
}
