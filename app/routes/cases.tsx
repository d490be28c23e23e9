import { CaseList } from "#app/components/case-list.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { Pager } from "#app/components/pager.tsx";
import { counted } from "#app/format.ts";
import { caseHits } from "#app/server/case-list.ts";
import { requestFilter, wholeNumber } from "#app/server/request-view.ts";
import { listCases } from "#db/queries/cases.ts";
import type { Route } from "./+types/cases.ts";

const pageSize = 50;

export async function loader(args: Route.LoaderArgs) {
  const { services, snapshot, page: compute, asked, search } = await requestFilter(args, ["q", "page"]);
  const { workspace } = snapshot;
  const words = search.get("q") ?? "";
  const page = wholeNumber(search.get("page") ?? "1", "page");
  const hits = await caseHits(services.database.db, workspace, words);
  const { caseIds, ...shown } = await compute("cases", { ...asked, words, hits, page, pageSize });
  const lines = await listCases(services.database.db, workspace.id, caseIds);
  return {
    ...shown,
    lines: lines.map((line) => ({
      ...line,
      href: `/w/${encodeURIComponent(workspace.name)}/cases/${line.case_id}`,
    })),
  };
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
