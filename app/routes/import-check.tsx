import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CoverageTable } from "#app/components/coverage-table.tsx";
import { ImportCharts } from "#app/components/import-charts.tsx";
import { ImportCountsTable } from "#app/components/import-counts.tsx";
import { ImportDiscard } from "#app/components/import-discard.tsx";
import { ImportProgress } from "#app/components/import-progress.tsx";
import { ImportRecords } from "#app/components/import-records.tsx";
import { ImportRejections } from "#app/components/import-rejections.tsx";
import { ImportSteps } from "#app/components/import-steps.tsx";
import { Notice } from "#app/components/notice.tsx";
import { RejectedRowList } from "#app/components/rejected-row-list.tsx";
import { questionsOfDraft } from "#app/imports/build-mapping-view.ts";
import { type CheckView, checkView } from "#app/imports/check-view.ts";
import { requestDraft } from "#app/imports/request-import.ts";
import { readForm } from "#app/server/read-form.ts";
import { changeDraft } from "#db/imports/store/import-record.ts";
import type { Route } from "./+types/import-check.ts";

export const handle = { interactive: true };

/** Coming here starts the check where none is stored. */
export async function loader(args: Route.LoaderArgs) {
  const { services, row, key, href, importsHref, workspace } = await requestDraft(args, "check");
  if (row.dry_run === null && row.failure === null) {
    if (questionsOfDraft(row).length > 0) throw redirect(`${href}/mapping`, 303);
    await services.imports.dryRun(key);
  }
  return {
    fileName: row.file_name,
    href,
    importsHref,
    timeZone: workspace.time_zone,
    job: services.imports.job(key),
    checked: checkView(row),
    failure: row.failure,
  };
}

/** Starts the load, what is to be left out was said on the button; or the check again. */
export async function action(args: Route.ActionArgs) {
  const { services, key, href, row } = await requestDraft(args, "check");
  const form = await readForm(args.request);
  if (form.get("do") === "check_again" && row.mapping !== null)
    await changeDraft(services.database.db, row, { mapping: row.mapping });
  if (row.dry_run === null) throw redirect(`${href}/check`, 303);
  await services.imports.load(key, { rejectedAccepted: form.get("leaveOut") === "yes" });
  return redirect(href, 303);
}

export default function ImportCheckPage({ loaderData }: Route.ComponentProps) {
  const { fileName, job, href, importsHref, checked, failure, timeZone } = loaderData;
  return (
    <>
      <title>{`Check of ${fileName} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Imports", href: importsHref }]} />
      <h1>{headlineOf(loaderData)}</h1>
      <ImportSteps href={href} current="check" />
      {job !== null && (
        <ImportProgress job={job} progressHref={`${href}/progress`} pageHref={`${href}/check`} />
      )}
      {job === null && checked !== null && (
        <>
          <LoadForm checked={checked} href={href} />
          <Checked checked={checked} timeZone={timeZone} />
        </>
      )}
      {job === null && failure !== null && <BrokenOff failure={failure} href={href} />}
      {job === null && <ImportDiscard href={href} />}
    </>
  );
}

function headlineOf({ fileName, job, checked, failure }: Route.ComponentProps["loaderData"]): string {
  if (job !== null) return `${fileName} is being checked`;
  if (failure !== null) return `The check of ${fileName} broke off`;
  return checked?.headline ?? `${fileName} is being checked`;
}

function BrokenOff({ failure, href }: { failure: string; href: string }) {
  return (
    <>
      <Notice kind="problem">{failure} Nothing was stored.</Notice>
      <form method="post" className="import-next no-print">
        <button type="submit" name="do" value="check_again">
          Check again
        </button>
        <a href={`${href}/mapping`}>Back to the mapping</a>
      </form>
    </>
  );
}

function LoadForm({ checked, href }: { checked: CheckView; href: string }) {
  return (
    <section>
      <ImportCountsTable counts={checked.counts} of="check" />
      {checked.asksFirst && (
        <Notice kind="warning">
          More than a fifth of the rows would be left out, so the mapping may be what is wrong, not the rows.
          The reasons stand below.
        </Notice>
      )}
      <form method="post" className="import-next no-print">
        {checked.asksFirst && <input type="hidden" name="leaveOut" value="yes" />}
        {checked.accepted > 0 && <button type="submit">{checked.button}</button>}
        <a href={`${href}/mapping`}>Back to the mapping</a>
      </form>
    </section>
  );
}

function Checked({ checked, timeZone }: { checked: CheckView; timeZone: string }) {
  const { counts, rejections, rejected, records, cases } = checked;
  return (
    <>
      {counts.rejected > 0 && (
        <section>
          <h2>Why rows are rejected</h2>
          <ImportRejections groups={rejections} />
          <RejectedRowList rows={rejected} total={counts.rejected} />
        </section>
      )}
      <section>
        <h2>The first cases, as they would be stored</h2>
        <ImportRecords records={records} timeZone={timeZone} />
      </section>
      <section>
        <h2>Which charts these cases can carry</h2>
        <ImportCharts coverage={counts.coverage} accepted={cases} />
      </section>
      <section>
        <h2>What the accepted rows tell</h2>
        <CoverageTable coverage={counts.coverage} accepted={cases} />
      </section>
    </>
  );
}
