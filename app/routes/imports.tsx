import { redirect } from "react-router";
import { EmptyState } from "#app/components/empty-state.tsx";
import { ImportList } from "#app/components/import-list.tsx";
import { importLine } from "#app/imports/import-line.ts";
import { requestWorkspace } from "#app/imports/request-import.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { receiveUpload } from "#app/server/receive-upload.ts";
import { listImports } from "#db/imports/store/queries.ts";
import type { Route } from "./+types/imports.ts";

export async function loader(args: Route.LoaderArgs) {
  const { services, workspace, importsHref } = await requestWorkspace(args);
  const imports = await listImports(services.database.db, workspace.id);
  return {
    simulated: workspace.simulated,
    timeZone: workspace.time_zone,
    exposureHref: `/w/${encodeURIComponent(workspace.name)}/exposure`,
    imports: imports.map((row) => importLine(row, importsHref)),
  };
}

/** Takes the file of the form; what is in it is looked at in the background, and asked about on the next page. */
export async function action(args: Route.ActionArgs) {
  const { services, workspace, importsHref } = await requestWorkspace(args);
  if (workspace.simulated)
    throw badRequest(
      "This workspace is simulated, and real cases do not belong into it. Make a workspace of your own, and load them there.",
    );
  const importId = await receiveUpload(args.request, services, workspace.id);
  return redirect(`${importsHref}/${importId}/format`, 303);
}

export default function ImportsPage({ loaderData }: Route.ComponentProps) {
  const { imports, simulated, timeZone, exposureHref } = loaderData;
  return (
    <>
      <title>Imports – Fix It Twice</title>
      <h1>Imports</h1>
      {simulated ? (
        <p className="lead">
          This workspace is simulated, and real cases do not belong into it.{" "}
          <a href="/workspaces/new">Make a workspace of your own</a>, and load them there.
        </p>
      ) : (
        <UploadForm />
      )}
      <p>
        Orders or contacts a day, so that rates can stand beside counts: <a href={exposureHref}>Exposure</a>
      </p>
      {imports.length === 0 ? (
        <EmptyState title="Nothing was loaded into this workspace yet." />
      ) : (
        <ImportList imports={imports} timeZone={timeZone} caption="Every load, the newest first" />
      )}
    </>
  );
}

function UploadForm() {
  return (
    <section>
      <h2>Load a file of cases</h2>
      <p>
        Any file that a help desk exports: CSV, JSON or one JSON object a line, also packed with gzip. It is
        looked at first; nothing is stored before you have seen how its columns become cases.
      </p>
      <form method="post" encType="multipart/form-data" className="stacked-form">
        <label>
          <span>File, up to 2 GB</span>
          <input
            type="file"
            name="file"
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,text/csv,application/json,application/gzip"
            required
          />
        </label>
        <button type="submit">Look at the file</button>
      </form>
      <p className="small soft">
        Cases of another company or team? <a href="/workspaces/new">Make a workspace of their own</a>.
      </p>
    </section>
  );
}
