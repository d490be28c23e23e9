import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { RunDecision, RunState } from "#app/components/run-decision.tsx";
import { RunFigures } from "#app/components/run-figures.tsx";
import { stalenessSentence } from "#app/runs/describe-run.ts";
import { askForVerdicts } from "#app/server/ask-for-verdicts.ts";
import { badRequest, conflict } from "#app/server/http-errors.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { type RequestedRun, requestRun, runView } from "#app/server/run-page.ts";
import {
  acceptProposal,
  type RunDecision as Decision,
  discardProposal,
  takeBackRun,
} from "#db/queries/proposals.ts";
import type { Route } from "./+types/run.ts";

export async function loader(args: Route.LoaderArgs) {
  const requested = await requestRun(args);
  const base = requested.workspaceHref;
  return { run: await runView(requested), causesHref: `${base}/causes`, runsHref: `${base}/runs` };
}

const actor = "local user";
const mostCharacters = 500;

/** A person accepts a proposal, discards it, or takes a published run back. */
export async function action(args: Route.ActionArgs) {
  const requested = await requestRun(args);
  const { services, workspace, run } = requested;
  const form = await readForm(args.request);
  const kind = textField(form, "kind", mostCharacters);
  const decision = { runId: run.run_id, actor, reason: textField(form, "reason", mostCharacters) };
  await decide(requested, kind, decision);
  services.forgetSnapshot(workspace.name);
  await askForVerdicts(services, workspace);
  return redirect(new URL(args.request.url).pathname, 303);
}

async function decide(
  { services, workspace: { id } }: RequestedRun,
  kind: string | null,
  decision: Decision,
): Promise<void> {
  const { db } = services.database;
  if (kind === "accept") {
    const answer = await acceptProposal(db, id, decision);
    if (answer.done) return;
    throw conflict(answer.because === "unknown" ? notProposed : stalenessSentence(answer.because));
  }
  if (kind === "discard") {
    if (await discardProposal(db, id, decision)) return;
    throw conflict(notProposed);
  }
  if (kind !== "take_back")
    throw badRequest(`The decision "${kind ?? ""}" is not known. Expected accept, discard or take_back.`);
  if (!(await takeBackRun(db, id, decision)))
    throw conflict(
      "This run can't be taken back: another one is published, there was none before it, or cases were loaded since. Open its page again.",
    );
}

const notProposed =
  "This run is no proposal any more: it was accepted or discarded already. Open its page again.";

export default function RunPage({ loaderData: { run, causesHref, runsHref } }: Route.ComponentProps) {
  return (
    <>
      <title>{`${run.title} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Causes", href: causesHref },
          { label: "Runs", href: runsHref },
        ]}
      />
      <h1>
        {run.title}: {run.stateText}
      </h1>
      <RunState run={run} />
      {run.comparison !== null && (
        <p className="lead">
          {run.comparison.moves} {run.comparison.changes}
        </p>
      )}
      <section>
        <h2>How far to trust it</h2>
        <RunFigures heads={run.heads} figures={run.figures} />
      </section>
      {run.comparison?.tables.map((table) => (
        <section key={table.caption}>
          <h2>{table.caption}</h2>
          <DataTable table={table} captionHidden />
        </section>
      ))}
      <RunDecision run={run} runsHref={runsHref} />
    </>
  );
}
