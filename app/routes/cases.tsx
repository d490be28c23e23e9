import { caseIdAt } from "#analytics/facts/facts.ts";
import { without } from "#analytics/filter/filter.ts";
import { CaseList } from "#app/components/case-list.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { Pager } from "#app/components/pager.tsx";
import { counted } from "#app/format.ts";
import { selectedRows } from "#app/server/case-list.ts";
import { pageHead } from "#app/server/page-loader.ts";
import { requestView, wholeNumber } from "#app/server/request-view.ts";
import { hrefTo, type View } from "#app/tables/view.ts";
import { listCases } from "#db/queries/cases.ts";
import type { Route } from "./+types/cases.ts";

const pageSize = 50;

export async function loader(args: Route.LoaderArgs) {
  const { view, services, search, unknownKeys } = await requestView(args, ["q", "page"]);
  const words = search.get("q") ?? "";
  const rows = await selectedRows(services, view, words);
  const page = wholeNumber(search.get("page") ?? "1", "page");
  const shown = Array.from(rows.slice((page - 1) * pageSize, page * pageSize), (row) =>
    caseIdAt(view.facts, row),
  );
  const lines = await listCases(services.database.db, view.workspace.id, shown);
  const head = pageHead(view, "cases", unknownKeys, {
    name: "q",
    value: words,
    label: "Words or case number",
  });
  head.filterBar.counts.shown = rows.length;
  return {
    head,
    cause: onlyCause(view),
    lines: lines.map((line) => ({
      ...line,
      href: `/w/${encodeURIComponent(view.workspace.name)}/cases/${line.case_id}`,
    })),
    paging: { page, pageSize, total: rows.length },
    address: withWords(hrefTo(view.workspace, "cases", view.filter), words),
    csvHref: withWords(hrefTo(view.workspace, "cases.csv", view.filter), words),
  };
}

/** The one cause whose cases are listed, where it is one. */
function onlyCause(view: View): { name: string; href: string } | null {
  const [causeId, ...others] = view.filter.clauses.find((c) => c.dimension === "cause")?.include ?? [];
  const cause = view.facts.causes.find((known) => String(known?.causeId) === causeId);
  if (cause === undefined || others.length > 0) return null;
  const rest = without(view.filter, "cause", String(cause.causeId));
  return { name: cause.name, href: hrefTo(view.workspace, `causes/${cause.causeId}`, rest) };
}

function withWords(href: string, words: string): string {
  return words === "" ? href : `${href}${href.includes("?") ? "&" : "?"}${new URLSearchParams({ q: words })}`;
}

export default function CasesPage({
  loaderData: { head, cause, lines, paging, address, csvHref },
}: Route.ComponentProps) {
  const hrefOf = (page: number) => `${address}${address.includes("?") ? "&" : "?"}page=${page}`;
  return (
    <>
      <title>Cases – Fix It Twice</title>
      <FilteredPageHead title="Cases" head={head} />
      {cause !== null && (
        <p className="lead">
          Cases of one cause: <a href={cause.href}>{cause.name}</a>. Its page has its trend and its fixes.
        </p>
      )}
      {lines.length === 0 ? (
        <EmptyState
          title={paging.total === 0 ? "No case matches." : "There is no such page of the list."}
          action={
            paging.total === 0
              ? { label: "Clear the filters", href: head.filterBar.clearHref }
              : { label: "To the first page", href: address }
          }
        />
      ) : (
        <>
          <p>
            <a href={csvHref} download>
              Download {counted(paging.total, "case")} as CSV
            </a>
          </p>
          <CaseList lines={lines} />
          <Pager {...paging} noun="case" hrefOf={hrefOf} />
        </>
      )}
    </>
  );
}
