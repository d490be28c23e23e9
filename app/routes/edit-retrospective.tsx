import { data, redirect } from "react-router";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { DeletedDraft } from "#app/components/deleted-draft.tsx";
import { NamedAgents } from "#app/components/named-agents.tsx";
import { Notice } from "#app/components/notice.tsx";
import { RetrospectiveForm } from "#app/components/retrospective-form.tsx";
import { words } from "#app/format.ts";
import { contentProblem, tidyContent } from "#app/retrospectives/content.ts";
import { deletedDraft } from "#app/server/deleted-draft.ts";
import { readForm } from "#app/server/read-form.ts";
import {
  actor,
  fixesToTick,
  refuseLargeBody,
  refuseStrangeFixes,
  revisionIn,
  writtenIn,
} from "#app/server/retrospective-form.ts";
import { findNamedAgents, findSubject } from "#app/server/retrospective-subject.ts";
import { fixTitles, requestDraft } from "#app/server/retrospective-views.ts";
import { saveRetrospective } from "#db/queries/change-retrospective.ts";
import { listFactors } from "#db/queries/retrospectives.ts";
import type { Route } from "./+types/edit-retrospective.ts";

export async function loader(args: Route.LoaderArgs) {
  const requested = await requestDraft(args);
  if ("deletion" in requested) return data({ deleted: await deletedDraft(requested) }, 404);
  const { services, snapshot, retrospective, href, listHref } = requested;
  const { db } = services.database;
  const { content, of, state, revision } = retrospective;
  const subject = await findSubject(requested, of);
  const fixes = { offered: subject.fixes, ticked: content.fixIds };
  return {
    deleted: null,
    content,
    state,
    revision,
    agents: await findNamedAgents(requested, subject, content),
    fixes: await fixesToTick(db, snapshot.workspace.id, fixes),
    knownFactors: await listFactors(db, snapshot.workspace.id),
    isSaved: new URL(args.request.url).searchParams.has("saved"),
    href,
    listHref,
  };
}

/** Saves the draft. What cannot be saved is shown back, with why. */
export async function action(args: Route.ActionArgs) {
  refuseLargeBody(args.request);
  const requested = await requestDraft(args);
  const { services, snapshot, href } = requested;
  const { db } = services.database;
  const form = await readForm(args.request);
  const written = writtenIn(form);
  if ("deletion" in requested) return data({ problem: null, written }, 409);
  const { retrospective } = requested;
  const content = tidyContent(written);
  const problem = contentProblem(content);
  if (problem !== null) return data({ problem: problem.sentence, written }, 400);
  refuseStrangeFixes(content, await fixTitles(db, snapshot.workspace.id));
  const change = { id: retrospective.id, revision: revisionIn(form), actor, content };
  const result = await saveRetrospective(db, snapshot.workspace.id, change);
  switch (result) {
    case "done":
      return redirect(form.get("then") === "edit" ? `${href}/edit?saved` : href, 303);
    case "missing": // the page finds who deleted it just now, and says so
      return data({ problem: null, written }, 409);
    case "changed":
      return data(
        {
          problem:
            "Somebody has saved another version since you opened this one. Look at it on another tab; to put yours in its place, save again.",
          written,
        },
        409,
      );
    case "state":
      return data(
        {
          problem: `It is ${words(retrospective.state)}, and only a draft is written in. Take it back to draft on another tab, then save again.`,
          written,
        },
        409,
      );
  }
}

export default function EditRetrospectivePage({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData.deleted !== null)
    return <DeletedDraft {...loaderData.deleted} written={actionData?.written ?? null} />;
  const { content, state, agents, isSaved, href, listHref, ...form } = loaderData;
  return (
    <>
      <title>{`${content.title} – Fix It Twice`}</title>
      <Breadcrumb
        parents={[
          { label: "Retrospectives", href: listHref },
          { label: content.title, href },
        ]}
      />
      <h1>{content.title}</h1>
      {actionData !== undefined ? (
        <Notice kind="problem" title="Not saved">
          {actionData.problem} All that you wrote is still below. <a href={href}>What is kept</a>
        </Notice>
      ) : state === "draft" ? (
        isSaved && (
          <Notice kind="info" title="Saved">
            The draft is kept. <a href={href}>Read it</a>
          </Notice>
        )
      ) : (
        <Notice kind="warning">
          It is {words(state)}, and only a draft is written in. <a href={href}>Take it back to draft first</a>
        </Notice>
      )}
      <NamedAgents agents={agents} />
      {(state === "draft" || actionData !== undefined) && (
        <RetrospectiveForm {...form} written={actionData?.written ?? content} cancelHref={href} />
      )}
    </>
  );
}
