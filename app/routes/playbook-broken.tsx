import type { PlaybookRule } from "#analytics/what-worked/playbook-adherence.ts";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CaseList } from "#app/components/case-list.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { Pager } from "#app/components/pager.tsx";
import { counted, dateText } from "#app/format.ts";
import { ruleSentence } from "#app/sentences/playbook-sentences.ts";
import { badRequest, notFound } from "#app/server/http-errors.ts";
import { brokenCasesOf, playbookHref, pricedPlaybook } from "#app/server/playbook-view.ts";
import { requestCause } from "#app/server/request-cause.ts";
import { requestFilter, wholeNumber } from "#app/server/request-view.ts";
import { listCases } from "#db/queries/cases.ts";
import type { Route } from "./+types/playbook-broken.ts";

const pageSize = 50;
const rules: readonly PlaybookRule[] = ["helper", "ladder", "offers", "ceiling"];

/** The cases that broke a rule of a version of a playbook. */
export async function loader(args: Route.LoaderArgs) {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const requested = await requestFilter(args, ["version", "rule", "page"]);
  const { services, snapshot, search } = requested;
  const cause = await requestCause(requested, causeId, "/playbook");
  const rule = rules.find((known) => known === search.get("rule"));
  if (rule === undefined)
    throw badRequest(
      `The rule "${search.get("rule") ?? ""}" is not known. Expected one of ${rules.join(", ")}.`,
    );
  const number = wholeNumber(search.get("version") ?? "", "version");
  const page = wholeNumber(search.get("page") ?? "1", "page");
  const { version, total, ids } = await brokenCasesOf(requested, causeId, {
    version: number,
    rule,
    page,
    pageSize,
  });
  const sentence = ruleSentence(rule, pricedPlaybook(version));
  if (sentence === null) throw notFound(`Version ${number} of this playbook sets no such rule.`);
  const base = `/w/${encodeURIComponent(snapshot.workspace.name)}`;
  const lines = await listCases(services.database.db, snapshot.workspace.id, ids);
  return {
    causeName: cause.name ?? cause.label,
    causeHref: `${base}/causes/${causeId}`,
    playbookHref: playbookHref(snapshot.workspace, causeId),
    address: `${playbookHref(snapshot.workspace, causeId)}/broken?version=${number}&rule=${rule}`,
    sentence,
    version: number,
    from: version.in_force_from,
    until: version.until,
    paging: { page, pageSize, total },
    lines: lines.map((line) => ({ ...line, href: `${base}/cases/${line.case_id}` })),
  };
}

export default function BrokenCasesPage({ loaderData }: Route.ComponentProps) {
  const { causeName, sentence, version, from, until, paging, lines, address } = loaderData;
  return (
    <>
      <title>{`Not as the playbook says – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: causeName, href: loaderData.causeHref },
          { label: "Playbook", href: loaderData.playbookHref },
        ]}
      />
      <h1>Not as the playbook says: {sentence}</h1>
      <p>
        {counted(paging.total, "case")} resolved while version {version} was in force,{" "}
        {until === null ? `since ${dateText(from)}` : `${dateText(from)} to ${dateText(until)}`}, in which
        this is known to have been otherwise. There may have been good reasons.
      </p>
      {lines.length === 0 ? (
        <EmptyState
          title="No case is listed here."
          action={{ label: "To the playbook", href: loaderData.playbookHref }}
        />
      ) : (
        <>
          <CaseList lines={lines} />
          <Pager {...paging} noun="case" hrefOf={(page) => `${address}&page=${page}`} />
        </>
      )}
    </>
  );
}
