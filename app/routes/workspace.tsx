import { Outlet } from "react-router";
import { formatDay } from "#analytics/period.ts";
import { Notice } from "#app/components/notice.tsx";
import { type NavLink, PageShell } from "#app/components/page-shell.tsx";
import { describeAnalysis } from "#app/imports/describe-analysis.ts";
import { describeLoading } from "#app/imports/describe-loading.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { themeOf } from "#app/server/theme.ts";
import { calendarOf } from "#app/tables/view.ts";
import { listWorkspaces } from "#db/workspaces.ts";
import type { Route } from "./+types/workspace.ts";

const pages = [
  ["", "Overview"],
  ["causes", "Causes"],
  ["fixes", "Second fixes"],
  ["outcomes", "Outcomes"],
  ["cases", "Cases"],
  ["retrospectives", "Retrospectives"],
  ["reviews", "Reviews"],
  ["summary", "Summary"],
  ["imports", "Imports"],
] as const;

/** What stands around every page of a workspace. */
export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot, today } = await requestSnapshot(args);
  const { workspace, facts } = snapshot;
  const { pathname: path, search } = new URL(args.request.url);
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  const changing = services.imports.changing(workspace.id);
  const calendar = calendarOf(snapshot, today);
  return {
    nav: pages.map(([page, label]): NavLink => {
      const href = page === "" ? base : `${base}/${page}`;
      return {
        label,
        href,
        current:
          page === ""
            ? path === base
            : isBelow(path, href) ||
              (page === "causes" && isBelow(path, `${base}/runs`)) ||
              (page === "imports" && isBelow(path, `${base}/exposure`)),
      };
    }),
    workspaces: (await listWorkspaces(services.database.db)).map(({ name }): NavLink => {
      return { label: name, href: `/w/${encodeURIComponent(name)}`, current: name === workspace.name };
    }),
    simulated: workspace.simulated,
    footer: {
      dataThrough: facts.size === 0 ? null : formatDay(calendar.reach.end - 1),
      timeZone: workspace.timeZone,
      version: services.version,
      appearance: { theme: themeOf(args.request), back: path + search },
    },
    // The page of runs shows it itself.
    analysis: path === `${base}/runs` ? null : describeAnalysis(await services.analysis.status(workspace.id)),
    runsHref: `${base}/runs`,
    // The pages of imports show it themselves.
    loading:
      changing === null || path.startsWith(`${base}/imports`)
        ? null
        : { sentence: describeLoading(changing.job), href: `${base}/imports/${changing.importId}` },
  };
}

function isBelow(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}

export default function WorkspacePage({ loaderData }: Route.ComponentProps) {
  const { analysis, runsHref, loading, ...shell } = loaderData;
  return (
    <PageShell {...shell}>
      {loading !== null && (
        <Notice kind="info">
          {loading.sentence} <a href={loading.href}>See how far it is</a>
        </Notice>
      )}
      {analysis !== null && (
        <Notice kind={analysis.kind}>
          {analysis.sentence} <a href={runsHref}>{analysis.link}</a>
        </Notice>
      )}
      <Outlet />
    </PageShell>
  );
}
