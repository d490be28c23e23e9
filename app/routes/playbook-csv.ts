import { parseDay } from "#analytics/period.ts";
import { csvResponse } from "#app/csv/csv-response.ts";
import { notFound } from "#app/server/http-errors.ts";
import { requestPlaybook } from "#app/server/playbook-view.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import type { Route } from "./+types/playbook-csv.ts";

/** How far a version of a playbook was kept: the same rows as on its page, from the same function. */
export async function loader(args: Route.LoaderArgs) {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const requested = await requestSnapshot(args);
  const number = /^version-(\d{1,9})\.csv$/.exec(args.params.file)?.[1];
  const { versions, asked } = await requestPlaybook(requested, causeId);
  const version = versions.find((one) => String(one.version) === number);
  const found = (await requested.page("adherence", asked)).find((one) => one.version === version?.version);
  if (version === undefined || found === undefined)
    throw notFound(
      `There is no table named "${args.params.file}" of this playbook. Its page leads to those that there are.`,
    );
  const [start, last] = [parseDay(version.in_force_from), parseDay(version.until ?? "")];
  const period = { start: start ?? requested.today, end: (last ?? requested.today) + 1 };
  return csvResponse({ ...requested.snapshot, period }, found.table);
}
