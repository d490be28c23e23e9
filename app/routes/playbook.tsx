import { data, redirect } from "react-router";
import { formatDay } from "#analytics/period.ts";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { Notice } from "#app/components/notice.tsx";
import { PlaybookForm } from "#app/components/playbook-form.tsx";
import { PlaybookVersionSection } from "#app/components/playbook-version.tsx";
import { counted, dateText, listText } from "#app/format.ts";
import { notFound } from "#app/server/http-errors.ts";
import { offerable, playbookOf, prefilled, readPlaybookFields } from "#app/server/playbook-form.ts";
import { playbookView, type VersionView } from "#app/server/playbook-view.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestCause } from "#app/server/request-cause.ts";
import { requestFilter, wholeNumber } from "#app/server/request-view.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { addPlaybookVersion, listPlaybookVersions, type NotAdded } from "#db/queries/playbooks.ts";
import type { Route } from "./+types/playbook.ts";

const actor = "local user";

export async function loader(args: Route.LoaderArgs) {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const requested = await requestFilter(args);
  const cause = await requestCause(requested, causeId, "/playbook");
  const view = await playbookView(requested, causeId);
  const base = `/w/${encodeURIComponent(requested.snapshot.workspace.name)}/causes`;
  return {
    ...view,
    versions: view.versions.map((version) => ({
      ...version,
      adherence: version.adherence && pageTable(version.adherence),
    })),
    evidence: {
      ...view.evidence,
      outcomes: pageTable(view.evidence.outcomes),
      effects: view.evidence.effects && pageTable(view.evidence.effects),
    },
    causeName: cause.name ?? cause.label,
    causesHref: base,
    causeHref: `${base}/${causeId}`,
    offerable,
    fields: prefilled(view.versions[0], {
      teams: view.evidence.teams,
      currency: view.evidence.currency,
      today: view.today,
    }),
  };
}

/** A person adds a version; those that there are stay as they were. */
export async function action(args: Route.ActionArgs) {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const requested = await requestFilter(args);
  const { services, snapshot, today } = requested;
  await requestCause(requested, causeId, "/playbook");
  const { db } = services.database;
  const fields = readPlaybookFields(await readForm(args.request));
  const versions = await listPlaybookVersions(db, snapshot.workspace.id, causeId);
  const read = playbookOf(fields, versions.length === 0);
  if ("problem" in read) return data({ fields, problem: read.problem }, 422);
  const added = await addPlaybookVersion(db, snapshot.workspace.id, {
    ...read,
    causeId,
    actor,
    today: formatDay(today),
  });
  if ("refused" in added) return data({ fields, problem: whyNotAdded(added, read.inForceFrom) }, 422);
  return redirect(new URL(args.request.url).pathname, 303);
}

function whyNotAdded(refusal: NotAdded, day: string): string {
  switch (refusal.refused) {
    case "no_cause":
      throw notFound("This cause was merged into another one. Open the page again.");
    case "day_taken":
      return `Version ${refusal.version} is in force from ${dateText(day)}, and a day has one version at most: nothing was saved. Choose a later day.`;
    case "rewrites_past":
      return `Version ${refusal.version} is in force since ${dateText(refusal.from)}; a version from ${dateText(day)} would change what earlier cases are held against. Choose a day after it.`;
  }
}

const isInForce = ({ state }: VersionView) => state === "in_force";

export default function PlaybookPage({ loaderData, actionData }: Route.ComponentProps) {
  const { causeName, versions, evidence, resting, timeZone } = loaderData;
  const title = `Playbook: ${causeName}`;
  return (
    <>
      <title>{`${title} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Causes", href: loaderData.causesHref },
          { label: causeName, href: loaderData.causeHref },
        ]}
      />
      <h1>{title}</h1>
      <p className="lead">
        How the cases of this cause are to be handled: who helps, how far they go up, what may be offered, and
        up to what amount.
      </p>
      {actionData !== undefined && <Notice kind="problem">{actionData.problem}</Notice>}
      {evidence.unknownTeams.length > 0 && (
        <Notice kind="warning">
          No case that is loaded has the team {listText(evidence.unknownTeams.map((team) => `“${team}”`))}: if
          it is spelled otherwise there, its cases count as broken.
        </Notice>
      )}
      {resting.length > 0 && (
        <Notice kind="info">
          {listText(resting.map((name) => `“${name}”`))}, merged into this cause, has a playbook of its own.
          It rests until the merge is undone.
        </Notice>
      )}
      {versions.length === 0 && <p>Nobody has written one yet.</p>}
      {versions.filter(isInForce).map((version) => (
        <PlaybookVersionSection key={version.version} version={version} timeZone={timeZone} />
      ))}
      <section>
        <h2>What the evidence says here</h2>
        <p>
          What became of the {counted(evidence.resolved, "resolved case")} of this cause, of all days that are
          loaded, by the remedy that they got. Association, not proof. Shares of fewer than 10 cases are in
          grey, and of fewer than 5 only the cases are told.
        </p>
        <DataTable table={evidence.outcomes} />
        {evidence.effects !== null && <DataTable table={evidence.effects} />}
      </section>
      {versions
        .filter((version) => !isInForce(version))
        .map((version) => (
          <PlaybookVersionSection key={version.version} version={version} timeZone={timeZone} />
        ))}
      <PlaybookForm
        key={versions.length}
        fields={actionData?.fields ?? loaderData.fields}
        teams={evidence.teams}
        offerable={loaderData.offerable}
        isFirst={versions.length === 0}
      />
    </>
  );
}
