import { redirect } from "react-router";
import { EmptyState } from "#app/components/empty-state.tsx";
import { ImportList } from "#app/components/import-list.tsx";
import { badRequest } from "#app/server/http-errors.ts";
import { withUploadedFile } from "#app/server/receive-upload.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { importFile } from "#db/imports/import-cases.ts";
import { presets } from "#db/imports/map/presets/presets.ts";
import { listImports } from "#db/imports/store/queries.ts";
import type { Route } from "./+types/imports.ts";

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const { workspace } = snapshot;
  const base = `/w/${encodeURIComponent(workspace.name)}/imports`;
  return {
    simulated: workspace.simulated,
    timeZone: workspace.timeZone,
    presets: presets.map((preset) => preset.title),
    imports: (await listImports(services.database.db, workspace.id)).map((found) => ({
      ...found,
      href: `${base}/${found.import_id}`,
    })),
  };
}

/** Loads the file of the form, then finds the causes in the background. */
export async function action(args: Route.ActionArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  const { workspace } = snapshot;
  if (workspace.simulated)
    throw badRequest(
      "This workspace is simulated, and real cases do not belong into it. Use: fixtwice import FILE.",
    );
  const result = await withUploadedFile(args.request, ({ path, name }) =>
    importFile(services.database, { path, name, workspace: workspace.name }).catch((error: unknown) => {
      throw error instanceof Error && error.name === "BadInput" ? badRequest(error.message) : error;
    }),
  );
  services.analysis.request(workspace.name);
  return redirect(`/w/${encodeURIComponent(workspace.name)}/imports/${result.importId}`, 303);
}

export default function ImportsPage({
  loaderData: { imports, presets: known, simulated, timeZone },
}: Route.ComponentProps) {
  return (
    <>
      <title>Imports – Fix It Twice</title>
      <h1>Imports</h1>
      {simulated ? (
        <p className="lead">
          This workspace is simulated. Load cases of your own into one of their own on the command line:{" "}
          <code>node bin/fixtwice.js import FILE --workspace NAME</code>
        </p>
      ) : (
        <form method="post" encType="multipart/form-data" className="stacked-form">
          <label>
            <span>A CSV file of cases ({known.join(", or ")})</span>
            <input type="file" name="file" accept=".csv,text/csv" required />
          </label>
          <button type="submit">Load it</button>
        </form>
      )}
      {imports.length === 0 ? (
        <EmptyState title="Nothing was loaded into this workspace yet." />
      ) : (
        <ImportList imports={imports} timeZone={timeZone} caption="Every load, the newest first" />
      )}
    </>
  );
}
