import { redirect } from "react-router";
import { AuditHistory } from "#app/components/audit-history.tsx";
import { Breadcrumb } from "#app/components/breadcrumb.tsx";
import { NamedAgents } from "#app/components/named-agents.tsx";
import { Notice } from "#app/components/notice.tsx";
import { RetrospectiveDecisions } from "#app/components/retrospective-decisions.tsx";
import { RetrospectiveText, unwrittenParts } from "#app/components/retrospective-text.tsx";
import { listText, sentenceCase, words } from "#app/format.ts";
import { importedText } from "#app/retrospectives/imported-text.ts";
import { auditHistory } from "#app/server/audit-history.ts";
import { badRequest, conflict } from "#app/server/http-errors.ts";
import { readForm, textField } from "#app/server/read-form.ts";
import { actor, revisionIn } from "#app/server/retrospective-form.ts";
import { findNamedAgents, findSubject } from "#app/server/retrospective-subject.ts";
import { noRetrospective, requestRetrospective, sinceText } from "#app/server/retrospective-views.ts";
import {
  publishRetrospective,
  reviewRetrospective,
  takeBackRetrospective,
} from "#db/queries/change-retrospective.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import type { Route } from "./+types/retrospective.ts";

const mostCharacters = { kind: 20, reason: 500 };

export async function loader(args: Route.LoaderArgs) {
  const requested = await requestRetrospective(args);
  const { services, snapshot, retrospective, href, listHref } = requested;
  const { db } = services.database;
  const { workspace } = snapshot;
  const { id, content, of, state, revision, imported } = retrospective;
  const subject = await findSubject(requested, of);
  const causes = `/w/${encodeURIComponent(workspace.name)}/causes`;
  const fixes = new Map((await listSecondFixes(db, workspace.id)).map((fix) => [fix.fix_id, fix]));
  return {
    content,
    state,
    revision,
    subject: { kind: subject.kind, name: subject.name, href: subject.href },
    since: sinceText(retrospective, workspace.timeZone),
    imported: imported && importedText(imported, workspace.timeZone),
    timeline: subject.timeline,
    fixes: content.fixIds.flatMap((fixId) => {
      const fix = fixes.get(fixId);
      return fix === undefined ? [] : [{ ...fix, href: `${causes}/${fix.cause_id}` }];
    }),
    agents: state === "published" ? [] : await findNamedAgents(requested, subject, content),
    history: await auditHistory(db, workspace, [{ type: "retrospective", id: String(id) }]),
    href,
    listHref,
  };
}

/** A person reviews it, publishes it, or takes it back. */
export async function action(args: Route.ActionArgs) {
  const { services, snapshot, retrospective, href } = await requestRetrospective(args);
  const { db } = services.database;
  const form = await readForm(args.request);
  const kind = textField(form, "kind", mostCharacters.kind);
  const reason = textField(form, "reason", mostCharacters.reason);
  const change = { id: retrospective.id, revision: revisionIn(form), actor };
  const workspaceId = snapshot.workspace.id;
  const result =
    kind === "review"
      ? await reviewRetrospective(db, workspaceId, change)
      : kind === "publish"
        ? await publishRetrospective(db, workspaceId, change)
        : kind === "take_back"
          ? await takeBackRetrospective(db, workspaceId, { ...change, reason })
          : null;
  if (result === null)
    throw badRequest(`The act “${kind ?? ""}” is not known. Expected review, publish or take_back.`);
  if (result === "missing") throw noRetrospective(retrospective.id);
  if (result === "reason")
    throw badRequest("A published retrospective is taken back for a reason. Expected one.");
  if (result !== "done")
    throw conflict("Somebody has changed this retrospective since you opened it. Open it again and look.");
  return redirect(href, 303);
}

export default function RetrospectivePage({ loaderData }: Route.ComponentProps) {
  const { content, state, revision, subject, since, imported, agents, history, href, listHref } = loaderData;
  const unwritten = unwrittenParts(content);
  return (
    <article className="retrospective">
      <title>{`${content.title} – Fix It Twice`}</title>
      <Breadcrumb parents={[{ label: "Retrospectives", href: listHref }]} />
      <header>
        <h1>{content.title}</h1>
        <p>
          Retrospective of the {subject.kind}{" "}
          {subject.href === null ? (
            `“${subject.name}”, which is not here any more`
          ) : (
            <a href={subject.href}>{subject.name}</a>
          )}
        </p>
        <p className="soft">
          <strong>{sentenceCase(words(state))}</strong> – {since}
        </p>
        {imported !== null && <p className="soft small">{imported}</p>}
      </header>
      <NamedAgents agents={agents} />
      {state !== "published" && unwritten.length > 0 && (
        <div className="no-print">
          <Notice kind="info" title="Not written yet">
            {listText(unwritten)}.
          </Notice>
        </div>
      )}
      <RetrospectiveText content={content} timeline={loaderData.timeline} fixes={loaderData.fixes} />
      <RetrospectiveDecisions
        state={state}
        revision={revision}
        editHref={`${href}/edit`}
        markdownHref={`${href}/retrospective.md`}
      />
      <AuditHistory lines={history} />
    </article>
  );
}
