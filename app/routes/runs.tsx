import { redirect } from "react-router";
import { granularities, granularityOf } from "#analytics/causes/granularity.ts";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FindAnew } from "#app/components/find-anew.tsx";
import { type RunLine, RunList } from "#app/components/run-list.tsx";
import { RunProgress } from "#app/components/run-progress.tsx";
import { countText, instantText, noNumber } from "#app/format.ts";
import { requestWorkspace } from "#app/imports/request-import.ts";
import { begunFromText, runStateText } from "#app/runs/describe-run.ts";
import { findAnewView } from "#app/server/find-anew.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { listRuns } from "#db/queries/runs.ts";
import type { Workspace } from "#db/workspaces.ts";
import type { Route } from "./+types/runs.ts";

export const handle = { interactive: true };

const runsShown = 50;

export async function loader(args: Route.LoaderArgs) {
  const { services, workspace } = await requestWorkspace(args);
  const findAnew = await findAnewView(services, workspace);
  const runs = await listRuns(services.database.db, workspace.id, runsShown);
  return {
    status: await services.analysis.status(workspace.id),
    findAnew,
    runs: runs.map((run) => runLine(run, workspace, findAnew.runsHref)),
    causesHref: `/w/${encodeURIComponent(workspace.name)}/causes`,
  };
}

function runLine(
  run: Awaited<ReturnType<typeof listRuns>>[number],
  { time_zone: timeZone, current_run_id: current }: Workspace,
  runsHref: string,
): RunLine {
  const hasResult = run.state === "finished" || run.state === "proposed";
  return {
    title: `Run ${run.run_id}`,
    href: `${runsHref}/${run.run_id}`,
    begun: instantText(run.started_at, timeZone),
    state: runStateText(run, current),
    from: begunFromText(run.method_id),
    granularity: granularityOf(run.method_id),
    cases: hasResult ? countText(run.case_count) : noNumber,
    causes: hasResult ? countText(run.causes) : noNumber,
  };
}

const mostCharacters = 100;

/** A person has causes found anew, stops what is under way, or lets it go on. */
export async function action(args: Route.ActionArgs) {
  const { services, workspace } = await requestWorkspace(args);
  const form = await readForm(args.request);
  const kind = textField(form, "kind", mostCharacters);
  if (kind === "propose") await services.analysis.propose(workspace.id, parseGranularity(form));
  else if (kind === "cancel") await services.analysis.cancel(workspace.id);
  else if (kind === "go_on") await services.analysis.request(workspace.name);
  else throw badRequest(`The wish "${kind ?? ""}" is not known. Expected propose, cancel or go_on.`);
  return redirect(`/w/${encodeURIComponent(workspace.name)}/runs`, 303);
}

function parseGranularity(form: FormData) {
  const text = textField(form, "granularity", mostCharacters);
  const granularity = granularities.find((stop) => stop === text);
  if (granularity === undefined)
    throw badRequest(
      `The granularity "${text ?? ""}" is not known. Expected one of ${granularities.join(", ")}.`,
    );
  return granularity;
}

export default function RunsPage({
  loaderData: { status, findAnew, runs, causesHref },
}: Route.ComponentProps) {
  return (
    <>
      <title>Runs – Fix It Twice</title>
      <Breadcrumb parents={[{ label: "Causes", href: causesHref }]} />
      <h1>Runs that found causes</h1>
      <RunProgress status={status} pageHref={findAnew.runsHref} />
      {runs.length === 0 ? (
        <EmptyState title="No causes were looked for yet: they are after the first load." />
      ) : (
        <RunList runs={runs} />
      )}
      {!findAnew.isBusy && <FindAnew {...findAnew} />}
    </>
  );
}
