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
import { readForm } from "#app/server/read-form.ts";
import { requestFilter, wholeNumber } from "#app/server/request-view.ts";
import { hrefTo } from "#app/tables/view.ts";
import type { Route } from "./+types/emerging-group.ts";

const lettersQuoted = 600;

export async function loader(args: Route.LoaderArgs) {
  const requested = await requestFilter(args, ["page"]);
  const page = wholeNumber(requested.search.get("page") ?? "1", "page");
  return emergingGroupView(requested, { caseId: args.params.caseId, page });
}

/** A person says that the group is a cause. */
export async function action(args: Route.ActionArgs) {
  const requested = await requestFilter(args, ["page"]);
  const form = await readForm(args.request);
  const causeId = await makeCause(requested, { caseId: args.params.caseId, form });
  return redirect(hrefTo(requested.snapshot.workspace, `causes/${causeId}`, requested.asked.filter), 303);
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
