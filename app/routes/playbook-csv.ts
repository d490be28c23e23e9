import { parseDay } from "#analytics/period.ts";
import { csvResponse } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { requestPlaybook } from "#app/server/playbook-view.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import { calendarOf } from "#app/tables/view.ts";
import type { Route } from "./+types/playbook-csv.ts";

/** The tables of a playbook: how far a version was kept, and the evidence; the same rows as on its page, from the same functions. */
export async function loader(args: Route.LoaderArgs) {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const requested = await requestSnapshot(args);
  const { snapshot, today, page } = requested;
  const { file } = args.params;
  const missing = notFound(
    `There is no table named "${file}" of this playbook. Its page leads to those that there are.`,
  );
  if (file === "evidence.csv") {
    const { effects } = await page("playbookEvidence", { today, causeId, versions: [] });
    if (effects === null) throw missing;
    return csvResponse({ ...snapshot, period: calendarOf(snapshot, today).reach }, effects);
  }
  const number = /^version-(\d{1,9})\.csv$/.exec(file)?.[1];
  const { versions, asked } = await requestPlaybook(requested, causeId);
  const version = versions.find((one) => String(one.version) === number);
  const found = (await page("adherence", asked)).find((one) => one.version === version?.version);
  if (version === undefined || found === undefined) throw missing;
  const [start, last] = [parseDay(version.in_force_from), parseDay(version.until ?? "")];
  return csvResponse(
    { ...snapshot, period: { start: start ?? today, end: (last ?? today) + 1 } },
    found.table,
  );
}
