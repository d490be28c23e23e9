import { everything } from "#analytics/filter/filter.ts";
import { parseQuarter } from "#analytics/period.ts";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { FindingList } from "#app/components/finding-list.tsx";
import { Notice } from "#app/components/notice.tsx";
import { SourceNotes } from "#app/components/page-head.tsx";
import { quarterText } from "#app/format.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { loadJudgedFixes } from "#app/server/judged-fixes.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { hrefTo } from "#app/tables/view.ts";
import { listFixedCauseIds } from "#db/queries/second-fixes.ts";
import type { Route } from "./+types/review.ts";

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot, page, today } = await requestSnapshot(args);
  const { workspace, notes } = snapshot;
  const { quarter } = args.params;
  const period = parseQuarter(quarter, workspace.fiscalYearStartMonth);
  if (period === null) throw badRequest(`"${quarter}" is not a quarter. Expected one like 2026-Q2.`);
  const fixedCauseIds = await listFixedCauseIds(services.database.db, workspace.id);
  const judgedFixes = await loadJudgedFixes(services.database.db, workspace.id);
  const shown = await page("review", { today, quarter, fixedCauseIds, judgedFixes });
  return {
    ...shown,
    title: quarterText(period, workspace.fiscalYearStartMonth),
    notes,
    reviewsHref: hrefTo(workspace, "reviews", everything),
  };
}

export default function ReviewPage({ loaderData }: Route.ComponentProps) {
  const { title, complete, findings, notes, headline, causes, outcomes } = loaderData;
  return (
    <>
      <title>{`Review of ${title} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Reviews", href: loaderData.reviewsHref }]} />
      <h1>Review of {title}</h1>
      {!complete && (
        <Notice kind="warning">
          The data do not cover this quarter whole: its counts can't be compared with others.
        </Notice>
      )}
      <SourceNotes notes={notes} />
      <FindingList findings={findings} />
      <section>
        <h2>The quarter in figures</h2>
        <DataTable table={headline} />
      </section>
      <section>
        <h2>Causes</h2>
        <DataTable table={causes} />
      </section>
      <section>
        <h2>What became of the cases</h2>
        <DataTable table={outcomes} />
      </section>
    </>
  );
}
