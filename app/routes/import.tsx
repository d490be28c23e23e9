import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CoverageTable } from "#app/components/coverage-table.tsx";
import { ImportList } from "#app/components/import-list.tsx";
import { Notice } from "#app/components/notice.tsx";
import { SourceNotes } from "#app/components/page-head.tsx";
import { RejectedRowList } from "#app/components/rejected-row-list.tsx";
import { notFound } from "#app/server/http-errors.ts";
import { requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import { presetByName } from "#db/imports/map/presets/presets.ts";
import { findImport, listRejectedRows } from "#db/imports/store/queries.ts";
import type { Route } from "./+types/import.ts";

const rejectedShown = 100;

export async function loader(args: Route.LoaderArgs) {
  const importId = wholeNumber(args.params.importId, "import");
  const { services, snapshot } = await requestSnapshot(args);
  const { workspace } = snapshot;
  const { db } = services.database;
  const load = await findImport(db, workspace.id, importId);
  if (load === undefined) throw notFound(`There is no import ${importId} in this workspace.`);
  const importsHref = `/w/${encodeURIComponent(workspace.name)}/imports`;
  return {
    load: { ...load, href: `${importsHref}/${importId}` },
    importsHref,
    timeZone: workspace.timeZone,
    notes: presetByName(load.preset)?.notes ?? [],
    rejected: await listRejectedRows(db, load, { limit: rejectedShown }),
    rejectedHref: `${importsHref}/${importId}/rejected.csv`,
  };
}

export default function ImportPage({ loaderData }: Route.ComponentProps) {
  const { load, notes, rejected, timeZone, importsHref, rejectedHref } = loaderData;
  return (
    <>
      <title>{`${load.file_name} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Imports", href: importsHref }]} />
      <h1>{load.file_name}</h1>
      {load.failure !== null && (
        <Notice kind="problem">
          {load.failure} What was loaded before stays; load the file again to go on.
        </Notice>
      )}
      <ImportList imports={[load]} timeZone={timeZone} caption="What became of its rows" />
      <SourceNotes notes={notes} />
      <section>
        <h2>What the accepted rows tell</h2>
        <CoverageTable
          coverage={load.coverage}
          accepted={load.new_rows + load.updated_rows + load.unchanged_rows}
        />
      </section>
      <section>
        <h2>Rejected rows</h2>
        {load.rejected_rows === 0 ? (
          <p>No row was rejected.</p>
        ) : (
          <>
            <p>
              <a href={rejectedHref} download>
                Download them as CSV
              </a>
              , mend them, and load that file: the rows that were accepted stay as they are.
            </p>
            <RejectedRowList rows={rejected} total={load.rejected_rows} />
          </>
        )}
      </section>
    </>
  );
}
