import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CoverageTable } from "#app/components/coverage-table.tsx";
import { ImportCharts } from "#app/components/import-charts.tsx";
import { ImportCountsTable } from "#app/components/import-counts.tsx";
import { ImportProgress } from "#app/components/import-progress.tsx";
import { ImportState } from "#app/components/import-state.tsx";
import { SourceNotes } from "#app/components/page-head.tsx";
import { RejectedRowList } from "#app/components/rejected-row-list.tsx";
import { changeImport } from "#app/imports/change-import.ts";
import { importHref, stepOf } from "#app/imports/import-steps.ts";
import { importView } from "#app/imports/import-view.ts";
import { requestImport } from "#app/imports/request-import.ts";
import { readForm } from "#app/server/read-form.ts";
import { listRejectedRows } from "#db/imports/store/queries.ts";
import type { RejectedRow } from "#db/imports/store/rejected-row.ts";
import type { Route } from "./+types/import.ts";

export const handle = { interactive: true };

const rejectedShown = 100;

export async function loader(args: Route.LoaderArgs) {
  const { services, workspace, row, job, href, importsHref } = await requestImport(args);
  if (stepOf(row) !== null) throw redirect(importHref(importsHref, row), 303);
  return {
    load: importView(row, job),
    rejected: await listRejectedRows(services.database.db, row, { limit: rejectedShown }),
    job,
    href,
    importsHref,
    timeZone: workspace.time_zone,
    overviewHref: `/w/${encodeURIComponent(workspace.name)}`,
  };
}

/** A person's decision about it: to discard a draft, or to go on or stop where it waits. */
export async function action(args: Route.ActionArgs) {
  const requested = await requestImport(args);
  return redirect(await changeImport(requested, await readForm(args.request)), 303);
}

export default function ImportPage({ loaderData }: Route.ComponentProps) {
  const { load, job, rejected, timeZone, href, importsHref, overviewHref } = loaderData;
  return (
    <>
      <title>{`${load.fileName} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Imports", href: importsHref }]} />
      <div role="status" className="import-headline">
        <h1>{load.headline}</h1>
      </div>
      {job !== null && <ImportProgress job={job} progressHref={`${href}/progress`} pageHref={href} />}
      <ImportState load={load} hrefs={{ href, overviewHref }} timeZone={timeZone} />
      {job === null && <ImportCountsTable counts={load.counts} of="load" />}
      {job === null && load.cases > 0 && load.state !== "undone" && (
        <>
          <SourceNotes notes={load.notes} />
          <section>
            <h2>Which charts these cases can carry</h2>
            <ImportCharts coverage={load.counts.coverage} accepted={load.cases} />
          </section>
          <section>
            <h2>What the accepted rows tell</h2>
            <CoverageTable coverage={load.counts.coverage} accepted={load.cases} />
          </section>
        </>
      )}
      {job === null && (
        <RejectedRows rows={rejected} total={load.counts.rejected} href={`${href}/rejected.csv`} />
      )}
    </>
  );
}

function RejectedRows({ rows, total, href }: { rows: readonly RejectedRow[]; total: number; href: string }) {
  return (
    <section>
      <h2>Rejected rows</h2>
      {total === 0 ? (
        <p>No row was rejected.</p>
      ) : (
        <>
          <p>
            <a href={href} download>
              Download them as CSV
            </a>
            , mend them, and load that file: the rows that were accepted stay as they are.
          </p>
          <RejectedRowList rows={rows} total={total} />
        </>
      )}
    </section>
  );
}
