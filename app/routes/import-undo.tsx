import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { ImportUndoPlan } from "#app/components/import-undo-plan.tsx";
import { undoButtonText, undoHeadline } from "#app/imports/describe-undo.ts";
import { requestImport } from "#app/imports/request-import.ts";
import { planUndo } from "#db/imports/store/undo-import.ts";
import type { Route } from "./+types/import-undo.ts";

export async function loader(args: Route.LoaderArgs) {
  const { services, workspace, row, job, href, importsHref } = await requestImport(args);
  if (job !== null || !["paused", "finished", "failed"].includes(row.state)) throw redirect(href, 303);
  const plan = await planUndo(services.database.db, workspace.id, row.import_id);
  return {
    fileName: row.file_name,
    plan,
    href,
    importsHref,
    casesHref: `/w/${encodeURIComponent(workspace.name)}/cases`,
  };
}

export async function action(args: Route.ActionArgs) {
  const { services, key, href } = await requestImport(args);
  await services.imports.undo(key);
  return redirect(href, 303);
}

export default function ImportUndoPage({ loaderData }: Route.ComponentProps) {
  const { fileName, plan, href, importsHref, casesHref } = loaderData;
  return (
    <>
      <title>{`Undo ${fileName} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Imports", href: importsHref },
          { label: fileName, href },
        ]}
      />
      <h1>{undoHeadline(plan, fileName)}</h1>
      <p className="lead">This is what would happen; nothing has happened yet.</p>
      <ImportUndoPlan plan={plan} casesHref={casesHref} />
      <form method="post" className="import-next no-print">
        <button type="submit">{undoButtonText(plan)}</button>
        <a href={href}>Leave it as it is</a>
      </form>
    </>
  );
}
