import { everything } from "#analytics/filter/filter.ts";
import { formatDay, parseQuarter } from "#analytics/period.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FindingList } from "#app/components/finding-list.tsx";
import { HeadlineTiles } from "#app/components/headline-tiles.tsx";
import { SourceNotes } from "#app/components/page-head.tsx";
import { completeQuarters } from "#app/filters/describe-filter.ts";
import { countText, dateText, quarterText, shareText } from "#app/format.ts";
import { loadDecisions } from "#app/server/decision-queue.ts";
import { badRequest } from "#app/server/http-errors.ts";
import { loadJudgedFixes } from "#app/server/judged-fixes.ts";
import { orBadRequest, requestFilter } from "#app/server/request-view.ts";
import { hrefTo, viewedPeriod } from "#app/tables/view.ts";
import { listFixedCauseIds } from "#db/queries/second-fixes.ts";
import type { Route } from "./+types/summary.ts";

/** So many of the queue stand on the one sheet. */
const mostDecisions = 5;

/** The CEO's page: drawn by the server, complete without JavaScript, one sheet of A4. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestFilter(args, ["quarter"]);
  const { services, snapshot, page, asked, search } = requested;
  const { workspace, notes } = snapshot;
  const { calendar } = orBadRequest(() => viewedPeriod(snapshot, asked.filter, asked.today));
  const quarters = completeQuarters({ calendar }, 40);
  const quarter = search.get("quarter") ?? quarters[0];
  if (quarter === undefined) return { importsHref: hrefTo(workspace, "imports", everything) };
  const period = parseQuarter(quarter, calendar.fiscalStart);
  if (period === null) throw badRequest(`"${quarter}" is not a quarter. Expected one like 2026-Q2.`);
  const fixedCauseIds = await listFixedCauseIds(services.database.db, workspace.id);
  const { today } = asked;
  const judgedFixes = await loadJudgedFixes(services.database.db, workspace.id);
  const { findings, headline } = await page("summary", {
    today,
    quarter,
    fixedCauseIds,
    judgedFixes,
  });
  const { queue } = await loadDecisions(requested);
  const known = headline.find((row) => row.cells.measure === "cause_known")?.cells;
  return {
    summary: {
      title: quarterText(period, calendar.fiscalStart),
      findings,
      headline,
      decisions: queue.slice(0, mostDecisions).map(({ key, sentence, href }) => ({ key, sentence, href })),
      queued: queue.length,
      decisionsHref: hrefTo(workspace, "decisions", everything),
      notes,
      workspace: workspace.name,
      quarters: quarters.map((value) => ({
        value,
        label: quarterLabel(value, calendar.fiscalStart),
        current: value === quarter,
      })),
      through: dateText(formatDay(calendar.reach.end - 1)),
      coverage: typeof known?.share === "number" ? shareText(known.share, Number(known.of_cases)) : null,
      reviewHref: hrefTo(workspace, `reviews/${quarter}`, everything),
    },
  };
}

function quarterLabel(quarter: string, fiscalStart: number): string {
  const period = parseQuarter(quarter, fiscalStart);
  return period === null ? quarter : quarterText(period, fiscalStart);
}

export default function SummaryPage({ loaderData }: Route.ComponentProps) {
  if (loaderData.summary === undefined)
    return (
      <>
        <title>Summary – Fix It Twice</title>
        <h1>Summary</h1>
        <EmptyState
          title="The data cover no complete quarter yet."
          action={{ label: "Imports", href: loaderData.importsHref }}
        />
      </>
    );
  const { title, findings, headline, decisions, queued, decisionsHref } = loaderData.summary;
  const { notes, quarters, through, coverage, reviewHref } = loaderData.summary;
  return (
    <article className="one-page">
      <title>{`Summary of ${title} – Fix It Twice`}</title>
      <header className="one-page-head">
        <p className="soft">{loaderData.summary.workspace}: summary of the quarter</p>
        <h1>{title}</h1>
        <QuarterChoice quarters={quarters} />
      </header>
      <HeadlineTiles rows={headline} />
      <section>
        <h2>What the cases say</h2>
        <FindingList findings={findings} />
      </section>
      <section>
        <h2>
          <a href={decisionsHref}>Decisions wanted</a>
          {queued > decisions.length && `: ${countText(decisions.length)} of ${countText(queued)}`}
        </h2>
        {decisions.length === 0 ? (
          <p>No decision is needed now.</p>
        ) : (
          <ul className="decisions">
            {decisions.map(({ key, sentence, href }) => (
              <li key={key}>
                <a href={href}>{sentence}</a>
              </li>
            ))}
          </ul>
        )}
      </section>
      <SourceNotes notes={notes} />
      <p className="small soft">
        Data through {through}. {coverage !== null && `A cause is known for ${coverage} of the cases. `}
        Counts are not adjusted for volume. <a href={reviewHref}>The whole review of the quarter</a>
      </p>
    </article>
  );
}

interface QuarterChoiceProps {
  quarters: readonly { value: string; label: string; current: boolean }[];
}

function QuarterChoice({ quarters }: QuarterChoiceProps) {
  return (
    <form method="get" className="quarter-choice no-print">
      <label>
        <span>Quarter</span>
        <select name="quarter" defaultValue={quarters.find((quarter) => quarter.current)?.value}>
          {quarters.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Show</button>
    </form>
  );
}
