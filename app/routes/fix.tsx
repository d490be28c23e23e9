import { data, redirect } from "react-router";
import { everything } from "#analytics/filter/filter.ts";
import { formatDay } from "#analytics/period.ts";
import { AuditHistory } from "#app/components/audit-history.tsx";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { DescriptionList } from "#app/components/description-list.tsx";
import { FixFigure } from "#app/components/fix-figure.tsx";
import { FixFormFields } from "#app/components/fix-form.tsx";
import { FixPreview } from "#app/components/fix-preview.tsx";
import { FixSteps } from "#app/components/fix-steps.tsx";
import { FixVerdicts } from "#app/components/fix-verdicts.tsx";
import { Notice } from "#app/components/notice.tsx";
import { typedIn } from "#app/fixes/form-fields.ts";
import { counted, dateText, listText, sentenceCase, shareText } from "#app/format.ts";
import { type StepRefused, takeStep } from "#app/server/fix-steps.ts";
import { type FixView, fixView } from "#app/server/fix-view.ts";
import { readForm } from "#app/server/read-form.ts";
import { type RequestedSnapshot, requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import { hrefTo } from "#app/tables/view.ts";
import type { Route } from "./+types/fix.ts";

export async function loader(args: Route.LoaderArgs) {
  const fixId = wholeNumber(args.params.fixId, "second fix");
  const requested = await requestSnapshot(args);
  const { searchParams: search } = new URL(args.request.url);
  return shownPage(requested, await fixView(requested, fixId, typedIn(search)));
}

/** A person mends a fix, moves it on, or says something else than the statistics. */
export async function action(args: Route.ActionArgs) {
  const fixId = wholeNumber(args.params.fixId, "second fix");
  const requested = await requestSnapshot(args);
  const form = await readForm(args.request);
  const refused = await takeStep(requested, fixId, form);
  if (refused === null) return redirect(new URL(args.request.url).pathname, 303);
  const view = await fixView(requested, fixId, refused.step === "change" ? form : null);
  return data(shownPage(requested, view, refused), 422);
}

function shownPage({ snapshot, today }: RequestedSnapshot, fix: FixView, refused: StepRefused | null = null) {
  return {
    fix,
    refused,
    today: formatDay(today),
    fixesHref: hrefTo(snapshot.workspace, "fixes", everything),
  };
}

export default function FixPage({ loaderData, actionData }: Route.ComponentProps) {
  const { fix, refused, today, fixesHref } = actionData ?? loaderData;
  const isOpen = fix.state === "draft" || fix.state === "planned";
  return (
    <>
      <title>{`${fix.title} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Second fixes", href: fixesHref },
          { label: fix.cause.name, href: fix.cause.href },
        ]}
      />
      <h1>{fix.title}</h1>
      <p className="lead">{fix.description}</p>
      {fix.alert !== null && <Notice kind="warning">{fix.alert}</Notice>}
      <FixFacts fix={fix} />
      {fix.together.length > 0 && <Together fix={fix} isOpen={isOpen} />}
      {fix.open.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <FixVerdicts {...fix.verdicts} />
      {fix.customersHref !== null && (
        <p className="no-print">
          <a href={fix.customersHref}>Tell the customers who were hurt by this cause</a>
        </p>
      )}
      {!isOpen && fix.figure !== null && <FixFigure {...fix.figure} />}
      {fix.preview !== null && <FixPreview {...fix.preview} />}
      <FixSteps {...fix} refused={refused} today={today} />
      {fix.state !== "dropped" && <Mend fix={fix} refused={refused} isOpen={isOpen} />}
      <AuditHistory lines={fix.history} />
    </>
  );
}

function FixFacts({ fix }: { fix: FixView }) {
  const { check, implementedOn, implementedTo } = fix;
  const inPlace =
    implementedOn === null
      ? "not yet"
      : implementedOn === implementedTo
        ? `since ${dateText(implementedOn)}`
        : `${dateText(implementedOn)} – ${dateText(implementedTo)}`;
  return (
    <DescriptionList
      items={[
        { term: "Cause", value: <a href={fix.cause.href}>{fix.cause.name}</a> },
        { term: "Stage", value: fix.stage },
        { term: "Kind", value: sentenceCase(fix.kind) },
        { term: "Owner", value: fix.owner ?? "nobody yet" },
        { term: "Call", value: dateText(fix.openedOn) },
        { term: "Due", value: fix.dueOn === null ? "no day yet" : dateText(fix.dueOn) },
        { term: "In place", value: inPlace },
        { term: "Cost", value: fix.cost },
        { term: "Target", value: `${shareText(check.targetCut)} fewer cases a week` },
        { term: "Wash-in", value: counted(check.washInDays, "day") },
        { term: "Check date", value: dateText(check.checkOn) },
        { term: "End of the window", value: dateText(check.windowEnd) },
        ...(fix.ticketUrl === null
          ? []
          : [{ term: "Ticket", value: <a href={fix.ticketUrl}>{fix.ticketUrl}</a> }]),
        ...(fix.droppedBecause === null ? [] : [{ term: "Dropped because", value: fix.droppedBecause }]),
      ]}
    />
  );
}

/** No case can tell to which of overlapping fixes it is owed. */
function Together({ fix: { together }, isOpen }: { fix: FixView; isOpen: boolean }) {
  const links = together.map(({ title, href }) => (
    <li key={href}>
      <a href={href}>{title}</a>
    </li>
  ));
  return (
    <Notice kind="info">
      {isOpen
        ? "If it is put in place as expected, it will be judged together with"
        : "It is judged together with"}{" "}
      {counted(together.length, "other second fix", "other second fixes")} of this cause, as if they were one,
      because their windows overlap: {listText(together.map(({ title }) => `“${title}”`))}.
      <ul className="small">{links}</ul>
    </Notice>
  );
}

function Mend({ fix, refused, isOpen }: { fix: FixView; refused: StepRefused | null; isOpen: boolean }) {
  const isOfChange = refused?.step === "change";
  const problems = isOfChange ? refused.problems : fix.problems;
  return (
    <details className="section no-print" open={problems.length > 0 || fix.state === "draft"}>
      <summary>{isOpen ? "Change it, and how it will be judged" : "Mend what is said of it"}</summary>
      {!isOpen && (
        <p className="small soft">
          The check is immutable since the fix is in place: target, wash-in, check date and window can’t be
          changed.
        </p>
      )}
      <FixFormFields
        form={fix.form}
        problems={problems}
        hidden={{ step: "change" }}
        withCheck={isOpen}
        save="Save the changes"
        series={fix.series}
      />
    </details>
  );
}
