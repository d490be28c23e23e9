import { data, redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { Notice } from "#app/components/notice.tsx";
import { RetrospectiveForm } from "#app/components/retrospective-form.tsx";
import { contentProblem, emptyContent, tidyContent } from "#app/retrospectives/content.ts";
import { refuseStrangeId } from "#app/server/case-move.ts";
import { badRequest, notFound } from "#app/server/http-errors.ts";
import { readForm } from "#app/server/read-form.ts";
import { type RequestedSnapshot, requestSnapshot, wholeNumber } from "#app/server/request-view.ts";
import { actor, refuseLargeBody, refuseStrangeFixes, writtenIn } from "#app/server/retrospective-form.ts";
import { findSubject, type Subject } from "#app/server/retrospective-subject.ts";
import { fixTitles, retrospectivesHref } from "#app/server/retrospective-views.ts";
import { loadRoots } from "#db/queries/cause-roots.ts";
import { createRetrospective } from "#db/queries/change-retrospective.ts";
import { listFactors, type RetrospectiveOf } from "#db/queries/retrospectives.ts";
import type { Route } from "./+types/new-retrospective.ts";

export async function loader(args: Route.LoaderArgs) {
  const requested = await requestSnapshot(args);
  const { subject } = await requestSubject(requested, args.request);
  const { workspace } = requested.snapshot;
  return {
    subject: { kind: subject.kind, name: subject.name, href: subject.href },
    fixes: subject.fixes,
    knownFactors: await listFactors(requested.services.database.db, workspace.id),
    listHref: retrospectivesHref(workspace),
  };
}

/** What the address says that it is of: `?cause=12` or `?case=…`. */
async function requestSubject(
  requested: RequestedSnapshot,
  request: Request,
): Promise<{ of: RetrospectiveOf; subject: Subject & { href: string } }> {
  const { searchParams: search } = new URL(request.url);
  const of = await subjectIn(requested, search.get("cause"), search.get("case"));
  const subject = await findSubject(requested, of);
  if (subject.href === null)
    throw notFound(
      `There is no ${subject.name} in this workspace. The lists of causes and of cases lead to each.`,
    );
  return { of, subject: { ...subject, href: subject.href } };
}

async function subjectIn(
  { services, snapshot }: RequestedSnapshot,
  cause: string | null,
  caseId: string | null,
): Promise<RetrospectiveOf> {
  if ((cause === null) === (caseId === null))
    throw badRequest(
      "A retrospective is of a cause or of a case. Expected “cause” or “case” in the address: the page of each leads here.",
    );
  if (caseId !== null) {
    refuseStrangeId(caseId);
    return { caseId: caseId.toLowerCase() };
  }
  const causeId = wholeNumber(cause ?? "", "cause");
  const roots = await loadRoots(services.database.db, snapshot.workspace.id);
  return { causeId: roots.get(causeId) ?? causeId };
}

export async function action(args: Route.ActionArgs) {
  refuseLargeBody(args.request);
  const requested = await requestSnapshot(args);
  const { db } = requested.services.database;
  const { workspace } = requested.snapshot;
  const { of } = await requestSubject(requested, args.request);
  const form = await readForm(args.request);
  const written = writtenIn(form);
  const content = tidyContent(written);
  const problem = contentProblem(content);
  if (problem !== null) return data({ problem: problem.sentence, written }, 400);
  refuseStrangeFixes(content, await fixTitles(db, workspace.id));
  const id = await createRetrospective(db, workspace.id, { of, content, actor, imported: null });
  const href = `${retrospectivesHref(workspace)}/${id}`;
  return redirect(form.get("then") === "edit" ? `${href}/edit?saved` : href, 303);
}

export default function NewRetrospectivePage({ loaderData, actionData }: Route.ComponentProps) {
  const { subject, fixes, knownFactors, listHref } = loaderData;
  return (
    <>
      <title>New retrospective – Fix It Twice</title>
      <Breadcrumb
        parents={[
          { label: "Retrospectives", href: listHref },
          { label: subject.name, href: subject.href },
        ]}
      />
      <h1>
        Retrospective of the {subject.kind} “{subject.name}”
      </h1>
      {actionData !== undefined && (
        <Notice kind="problem" title="Not saved">
          {actionData.problem} All that you wrote is still below.
        </Notice>
      )}
      <RetrospectiveForm
        written={actionData?.written ?? emptyContent}
        fixes={fixes}
        knownFactors={knownFactors}
        revision={null}
        cancelHref={subject.href}
      />
    </>
  );
}
