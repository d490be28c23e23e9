import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CaseList } from "#app/components/case-list.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { Pager } from "#app/components/pager.tsx";
import { runTitle } from "#app/runs/describe-run.ts";
import { notFound } from "#app/server/http-errors.ts";
import { wholeNumber } from "#app/server/request-view.ts";
import { comparedRuns } from "#app/server/run-comparison.ts";
import { requestRun } from "#app/server/run-page.ts";
import { listCases } from "#db/queries/cases.ts";
import { listFlowCaseIds } from "#db/queries/runs.ts";
import type { Route } from "./+types/run-cases.ts";

const pageSize = 50;

export async function loader(args: Route.LoaderArgs) {
  const { services, workspace, workspaceHref, run } = await requestRun(args);
  const { db } = services.database;
  const { searchParams: search } = new URL(args.request.url);
  const compared = await comparedRuns(db, run, workspaceHref);
  if (compared === null) throw notFound("This run has nothing to compare. Its page says why.");
  const sides = { from: causeIn(search, "from"), to: causeIn(search, "to") };
  const ids = await listFlowCaseIds(db, workspace.id, { ...compared.pair, ...sides });
  const page = wholeNumber(search.get("page") ?? "1", "page");
  const lines = await listCases(db, workspace.id, ids.slice((page - 1) * pageSize, page * pageSize));
  const nameOf = (cause: number | null | undefined) =>
    cause === undefined ? null : cause === null ? "no cause" : `“${compared.nameOf(cause)}”`;
  return {
    title: runTitle(run),
    from: nameOf(sides.from),
    to: nameOf(sides.to),
    lines: lines.map((line) => ({ ...line, href: `${workspaceHref}/cases/${line.case_id}` })),
    paging: { page, pageSize, total: ids.length },
    query: search.toString(),
    hrefs: { causes: `${workspaceHref}/causes`, runs: `${workspaceHref}/runs`, run: compared.runHref },
  };
}

/** A cause that the address names, `null` for none, `undefined` for any. */
function causeIn(search: URLSearchParams, side: "from" | "to"): number | null | undefined {
  const text = search.get(side);
  if (text === null) return undefined;
  return text === "none" ? null : wholeNumber(text, "cause");
}

export default function RunCasesPage({
  loaderData: { title, from, to, lines, paging, query, hrefs },
}: Route.ComponentProps) {
  const hrefOf = (page: number) => {
    const search = new URLSearchParams(query);
    search.set("page", String(page));
    return `?${search}`;
  };
  const heading = ["Cases", ...(from === null ? [] : [`from ${from}`]), ...(to === null ? [] : [`to ${to}`])];
  return (
    <>
      <title>{`Cases of ${title} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Causes", href: hrefs.causes },
          { label: "Runs", href: hrefs.runs },
          { label: title, href: hrefs.run },
        ]}
      />
      <h1>{heading.join(" ")}</h1>
      {lines.length === 0 ? (
        <EmptyState title="No case matches." action={{ label: "To the run", href: hrefs.run }} />
      ) : (
        <>
          <CaseList lines={lines} />
          <Pager {...paging} noun="case" hrefOf={hrefOf} />
        </>
      )}
    </>
  );
}
