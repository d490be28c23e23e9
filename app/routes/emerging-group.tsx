import { redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CaseList } from "#app/components/case-list.tsx";
import { DescriptionList } from "#app/components/description-list.tsx";
import { MakeCause } from "#app/components/make-cause.tsx";
import { FilteredPageHead } from "#app/components/page-head.tsx";
import { Pager } from "#app/components/pager.tsx";
import { QuotedCase } from "#app/components/quoted-case.tsx";
import { dateText, openingText } from "#app/format.ts";
import { emergingGroupView, makeCause } from "#app/server/emerging-group.ts";
import { pageHead } from "#app/server/page-loader.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestView, wholeNumber } from "#app/server/request-view.ts";
import { hrefTo } from "#app/tables/view.ts";
import type { Route } from "./+types/emerging-group.ts";

const lettersQuoted = 600;

export async function loader(args: Route.LoaderArgs) {
  const { view, services, search, unknownKeys } = await requestView(args, ["page"]);
  const { caseId } = args.params;
  const page = wholeNumber(search.get("page") ?? "1", "page");
  const group = await emergingGroupView(services, view, { caseId, page });
  const head = pageHead(view, `causes/emerging/${caseId}`, unknownKeys);
  head.filterBar.counts.shown = group.paging.total;
  return {
    head,
    group,
    address: hrefTo(view.workspace, `causes/emerging/${caseId}`, view.filter),
    causesHref: hrefTo(view.workspace, "causes", view.filter),
  };
}

/** A person says that the group is a cause. */
export async function action(args: Route.ActionArgs) {
  const { view, services } = await requestView(args, ["page"]);
  const form = await readForm(args.request);
  const causeId = await makeCause(services, view, { caseId: args.params.caseId, form });
  return redirect(hrefTo(view.workspace, `causes/${causeId}`, view.filter), 303);
}

export default function EmergingGroupPage({ loaderData }: Route.ComponentProps) {
  const { head, group, address, causesHref } = loaderData;
  const { label, facts, exemplar, lines, paging, sentence, digest } = group;
  const hrefOf = (page: number) => `${address}${address.includes("?") ? "&" : "?"}page=${page}`;
  return (
    <>
      <title>{`Emerging: ${label} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Causes", href: causesHref }]} />
      <FilteredPageHead title={`Emerging: ${label}`} head={head} />
      <p>
        These cases fit none of the causes and are alike. They are no cause yet: so few may be chance, and no
        figure of causes counts them.
      </p>
      <DescriptionList items={facts} />
      {exemplar !== null && exemplar.opening !== null && (
        <QuotedCase
          title={`The case most like the others: ${exemplar.title ?? exemplar.source_case_id}`}
          text={openingText(exemplar.opening, lettersQuoted)}
          href={exemplar.href}
          source={dateText(exemplar.incidence_day)}
        />
      )}
      <section>
        <h2>Its cases</h2>
        <CaseList lines={lines} />
        <Pager {...paging} noun="case" hrefOf={hrefOf} />
      </section>
      <MakeCause label={label} sentence={sentence} digest={digest} />
    </>
  );
}
