import { formatDay } from "#analytics/period.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { StatTile, TileRow } from "#app/components/stat-tile.tsx";
import {
  counted,
  countText,
  dateText,
  intervalText,
  rangeText,
  scoreText,
  shareText,
  unknown,
} from "#app/format.ts";
import { alertWords } from "#app/sentences/fix-words.ts";
import { loadLedger } from "#app/server/ledger.ts";
import { requestFilter } from "#app/server/request-view.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { hrefTo } from "#app/tables/view.ts";
import type { Route } from "./+types/fixes.ts";

/** The ledger: what was fixed twice, and whether it worked. */
export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot, page, asked } = await requestFilter(args);
  const { workspace } = snapshot;
  const { alerts, funnel, league, fixes, ...shown } = await page("ledger", {
    ...asked,
    ...(await loadLedger(services.database.db, workspace.id, asked.today)),
  });
  const day = (value: number | null) => (value === null ? unknown : dateText(formatDay(value)));
  return {
    ...shown,
    funnel: pageTable(funnel),
    league: pageTable(league),
    fixes: pageTable(fixes),
    alerts: alerts.map(({ fixId, title, alert, dueOn, checkOn, windowEnd }) => ({
      title,
      href: `/w/${encodeURIComponent(workspace.name)}/fixes/${fixId}`,
      words: alertWords[alert],
      when:
        alert === "overdue"
          ? `due ${day(dueOn)}`
          : alert === "check_due"
            ? `check ${day(checkOn)}`
            : `window until ${day(windowEnd - 1)}`,
    })),
    causesHref: hrefTo(workspace, "causes", asked.filter),
  };
}

export default function FixesPage({ loaderData }: Route.ComponentProps) {
  const { head, alerts, funnel, league, fixes, causesHref } = loaderData;
  return (
    <>
      <title>Second fixes – Fix It Twice</title>
      <FilteredPageHead title="Second fixes" head={head} />
      <LedgerTiles {...loaderData} />
      {alerts.length > 0 && <Alerts alerts={alerts} />}
      {fixes.rows.length === 0 ? (
        <EmptyState
          title="No second fix is on record. Open a cause, call “fix”, and say what changes."
          action={{ label: "Causes", href: causesHref }}
        />
      ) : (
        <DataTable table={fixes} />
      )}
      <section className="section">
        <DataTable table={funnel} />
      </section>
      {league.rows.length > 0 && (
        <section className="section">
          <DataTable table={league} />
        </section>
      )}
    </>
  );
}

type LoaderData = Route.ComponentProps["loaderData"];

function LedgerTiles({
  fixedTwice,
  toFirst,
  toSecond,
}: Pick<LoaderData, "fixedTwice" | "toFirst" | "toSecond">) {
  return (
    <div className="headline">
      <TileRow>
        {fixedTwice !== null && (
          <StatTile
            label="Fixed twice"
            value={shareText(fixedTwice.share, fixedTwice.n)}
            n={
              fixedTwice.interval === null
                ? "No case is resolved here."
                : `${counted(fixedTwice.hits, "case")} of ${countText(fixedTwice.n)} (${rangeText(fixedTwice.interval.low, fixedTwice.interval.high)})`
            }
            detail="resolved cases whose cause has a second fix that was verified and holds"
          />
        )}
        <StatTile
          label="Days to the first fix, median"
          value={toFirst.median.value === null ? unknown : scoreText(toFirst.median.value)}
          n={`${counted(toFirst.resolved, "resolved case")}, ${countText(toFirst.open)} open ${daysRange(toFirst.median)}`}
          detail="from the receipt of a case to its resolution"
        />
        <StatTile
          label="Days to the second fix, median"
          value={toSecond.median.value === null ? unknown : scoreText(toSecond.median.value)}
          n={`${counted(toSecond.n, "second fix", "second fixes")}, ${toSecond.open} not in place yet ${daysRange(toSecond.median)}`}
          detail="from the call “fix” until it was in place; all days"
        />
      </TileRow>
      <p className="small soft">Ranges in brackets are 95% intervals.</p>
    </div>
  );
}

function daysRange({ low, high }: LoaderData["toFirst"]["median"]): string {
  return low === null ? "" : `(${intervalText(low, high, "days")})`;
}

function Alerts({ alerts }: Pick<LoaderData, "alerts">) {
  return (
    <section className="section">
      <h2>Wants your attention</h2>
      <ul className="decisions">
        {alerts.map(({ title, href, words, when }) => (
          <li key={href}>
            <a href={href}>{title}</a> {words} <span className="soft">({when}).</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
