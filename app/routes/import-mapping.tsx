import { data, redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { ImportDiscard } from "#app/components/import-discard.tsx";
import { MappingForm, SavedMappings } from "#app/components/import-mapping-form.tsx";
import { MappingQuestions } from "#app/components/import-mapping-questions.tsx";
import { ImportSteps } from "#app/components/import-steps.tsx";
import { Notice } from "#app/components/notice.tsx";
import { buildMappingView } from "#app/imports/build-mapping-view.ts";
import { changeMapping } from "#app/imports/change-mapping.ts";
import { requestDraft } from "#app/imports/request-import.ts";
import { readForm } from "#app/server/read-form.ts";
import { listSavedMappings } from "#db/imports/store/saved-mappings.ts";
import type { Route } from "./+types/import-mapping.ts";

export async function loader(args: Route.LoaderArgs) {
  const { services, workspace, row, job, href, importsHref } = await requestDraft(args, "mapping");
  const view = buildMappingView(row);
  if (view === null || job?.kind === "examine") throw redirect(`${href}/format`, 303);
  const saved = await listSavedMappings(services.database.db, workspace.id);
  return {
    fileName: row.file_name,
    view,
    href,
    importsHref,
    saved: saved.map(({ name }) => name),
    timeZones: Intl.supportedValuesOf("timeZone"),
  };
}

/** Keeps the mapping that the form says; goes on to the check where nothing of it is open. */
export async function action(args: Route.ActionArgs) {
  const requested = await requestDraft(args, "mapping");
  const change = await changeMapping(requested, await readForm(args.request));
  if (change.problem !== null) return data(change, 422);
  return redirect(`${requested.href}/${change.next}`, 303);
}

export default function ImportMappingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { fileName, view, saved, timeZones, href, importsHref } = loaderData;
  const values = actionData?.typed ?? view.values;
  return (
    <>
      <title>{`Mapping of ${fileName} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Imports", href: importsHref }]} />
      <h1>{view.headline}</h1>
      <ImportSteps href={href} current="mapping" />
      {actionData !== undefined && <Notice kind="problem">{actionData.problem}</Notice>}
      <MappingQuestions questions={view.questions} warnings={view.warnings} />
      {saved.length > 0 && <SavedMappings names={saved} />}
      <MappingForm view={{ ...view, values }} timeZones={timeZones} />
      <ImportDiscard href={href} />
    </>
  );
}
