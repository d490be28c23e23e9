import { parseDay } from "#analytics/period.ts";
import { csvResponse } from "#app/csv/csv-response.ts";
import { typedIn } from "#app/fixes/form-fields.ts";
import { fixView } from "#app/server/fix-view.ts";
import { notFound } from "#app/server/http-errors.ts";
import { newFixView } from "#app/server/new-fix.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import type { Route } from "./+types/fix-weeks-csv.ts";

/** The weeks of the chart of a second fix, or of one that is being opened: the same rows as on its page. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestSnapshot(args);
  const { searchParams: search } = new URL(args.request.url);
  const figure =
    args.params.fixId === "new"
      ? (await newFixView(requested, search)).preview?.figure
      : (await fixView(requested, wholeNumber(args.params.fixId, "second fix"), typedIn(search))).figure;
  if (figure == null)
    throw notFound(
      "There are no weeks of this fix: it was dropped, or there is no case yet, or a day is missing.",
    );
  const { rows } = figure.table;
  const [first, last] = [rows[0], rows.at(-1)].map((row) => parseDay(String(row?.cells["week"])) ?? 0);
  const period = { start: first ?? 0, end: (last ?? 0) + 7 };
  return csvResponse({ workspace: requested.snapshot.workspace, period }, figure.table);
}
