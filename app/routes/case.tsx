import { data, redirect } from "react-router";
import { type CaseRecord, countFields, nameFields, timeFields } from "#analytics/case.ts";
import { AuditHistory } from "#app/components/audit-history.tsx";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { CaseMove } from "#app/components/case-move.tsx";
import { ContributingCauses } from "#app/components/contributing-causes.tsx";
import { DescriptionList } from "#app/components/description-list.tsx";
import { NearestCases } from "#app/components/nearest-cases.tsx";
import { SubjectRetrospectives } from "#app/components/subject-retrospectives.tsx";
import { listText, momentText, moneyText, sentenceCase, words } from "#app/format.ts";
import { caseHistory } from "#app/server/audit-history.ts";
import { caseLikeness } from "#app/server/case-likeness.ts";
import { caseMoveView, changeMove, refuseStrangeId } from "#app/server/case-move.ts";
import { changeContributing, contributingView, isOfContributing } from "#app/server/contributing-causes.ts";
import { notFound } from "#app/server/http-errors.ts";
import { readForm } from "#app/server/read-form.ts";
import { requestSnapshot } from "#app/server/request-view.ts";
import { subjectRetrospectives } from "#app/server/subject-retrospectives.ts";
import { readCaseRecords } from "#db/queries/case-records.ts";
import { findCaseCause } from "#db/queries/causes.ts";
import type { Route } from "./+types/case.ts";

export async function loader(args: Route.LoaderArgs) {
  const requested = await requestSnapshot(args);
  const { services, snapshot } = requested;
  const { workspace } = snapshot;
  const { caseId } = args.params;
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  refuseStrangeId(caseId);
  for await (const { record } of readCaseRecords(services.database.db, workspace, [caseId])) {
    const assigned = await findCaseCause(services.database.db, workspace.id, caseId);
    const primaryId = assigned?.cause_id ?? null;
    const cause = assigned && { ...assigned, href: `${base}/causes/${assigned.cause_id}` };
    return {
      record: withoutAgents(record),
      cause,
      likeness: await caseLikeness(services, { workspaceId: workspace.id, caseId, base }),
      move: await caseMoveView(services, snapshot, { caseId, causeId: primaryId }),
      contributing: await contributingView(services.database.db, snapshot, { caseId, primaryId }),
      audit: await caseHistory(services.database.db, workspace, caseId),
      retrospectives: await subjectRetrospectives(requested, { caseId }),
      casesHref: `${base}/cases`,
      timeZone: workspace.timeZone,
    };
  }
  throw notFound("This workspace has no case with that id.");
}

/** Who handled a case, and whose work it is about, is for the page Staff alone, and not to be sent with this one. */
function withoutAgents(record: CaseRecord): CaseRecord {
  return { ...record, handled_by_ref: null, concerned_agent_ref: null };
}

/** A person says where the case belongs, or what contributed to it; it holds in every later run. */
export async function action(args: Route.ActionArgs) {
  const { services, snapshot } = await requestSnapshot(args);
  refuseStrangeId(args.params.caseId);
  const said = { caseId: args.params.caseId, form: await readForm(args.request) };
  if (isOfContributing(said.form)) {
    const refused = await changeContributing(services, snapshot.workspace, said);
    if (refused !== null) return data(refused, 422);
  } else await changeMove(services, snapshot.workspace, said);
  return redirect(new URL(args.request.url).pathname, 303);
}

export default function CasePage({ loaderData, actionData }: Route.ComponentProps) {
  const { record, cause, likeness, move, retrospectives, casesHref, timeZone } = loaderData;
  const title = record.title ?? `Case ${record.source_case_id}`;
  return (
    <>
      <title>{`${title} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Cases", href: casesHref }]} />
      <h1>{title}</h1>
      <p className="soft">
        {record.source_system} {record.source_case_id}, {record.status}
      </p>
      <section>
        <h2>What the customer said</h2>
        {record.narrative === null ? (
          <p className="soft">The source gave no text.</p>
        ) : (
          <p className="narrative">{record.narrative}</p>
        )}
        {record.resolution_note !== null && (
          <>
            <h3>Resolution note</h3>
            <p className="narrative">{record.resolution_note}</p>
          </>
        )}
      </section>
      <section>
        <h2>Cause</h2>
        {cause === undefined ? (
          <p>
            {move.said === null
              ? (likeness.whyNone ?? "No cause is known.")
              : "A person said that it belongs to none of the causes."}
          </p>
        ) : (
          <p>
            <a href={cause.href}>{cause.name ?? cause.label}</a> – {joinedBecause(cause)}
          </p>
        )}
        <NearestCases cases={likeness.nearest} hindrance={likeness.hindrance} />
        <CaseMove {...move} />
        <ContributingCauses {...loaderData.contributing} refused={actionData ?? null} />
      </section>
      <section>
        <h2>What was done, and what became of it</h2>
        <DescriptionList items={resultItems(record)} />
      </section>
      <section>
        <h2>When</h2>
        <DescriptionList
          items={timeFields
            .filter((field) => record[field] !== null)
            .map((field) => ({
              term: sentenceCase(words(field.replace(/_at$/, ""))),
              value: momentText(record[field], timeZone),
            }))}
        />
      </section>
      <SubjectRetrospectives {...retrospectives} />
      <section>
        <h2>Where and how</h2>
        <DescriptionList items={otherItems(record)} />
      </section>
      <AuditHistory lines={loaderData.audit} />
    </>
  );
}

type CaseOnPage = Route.ComponentProps["loaderData"]["record"];

function joinedBecause(cause: NonNullable<Route.ComponentProps["loaderData"]["cause"]>): string {
  if (cause.basis === "person") return "a person said so.";
  if (cause.basis === "contact_reason")
    return "joined by its contact reason alone, since the case has no text.";
  if (cause.terms.length === 0) return "joined by the likeness of its text.";
  return `joined by ${listText(cause.terms.map((term) => `“${term}”`))}.`;
}

function resultItems(record: CaseOnPage) {
  return [
    { term: "Remedy", value: record.remedy_types === null ? null : listText(record.remedy_types.map(words)) },
    { term: "Apology", value: known(record.apology_visibility) },
    {
      term: "Compensation",
      value:
        record.compensation_minor === null
          ? null
          : moneyText(record.compensation_minor, record.compensation_currency),
    },
    { term: "Outcome", value: known(record.outcome) },
    { term: "Finding", value: known(record.finding) },
    { term: "Customer's score", value: record.csat_score === null ? null : `${record.csat_score} of 5` },
    { term: "Customer retained", value: record.retained === null ? null : record.retained ? "yes" : "no" },
  ];
}

/** Names, counts and whatever else the source carried; a field that it never had is left out here. */
function otherItems(record: CaseOnPage) {
  const fields = [...nameFields, ...countFields, "customer_ref", "severity"] as const;
  const present = fields.flatMap((field) =>
    record[field] === null ? [] : [{ term: sentenceCase(words(field)), value: String(record[field]) }],
  );
  const attributes = Object.entries<string>(record.attributes).map(([term, value]) => ({ term, value }));
  return [...present, ...attributes];
}

function known(code: string | null): string | null {
  return code === null ? null : words(code);
}
