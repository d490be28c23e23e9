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
  type RetrospectiveChange,
  reviewRetrospective,
  type TakeBackResult,
  takeBackRetrospective,
} from "#db/queries/change-retrospective.ts";
import { deleteRetrospective } from "#db/queries/delete-retrospective.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";
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

/** A person reviews it, publishes it, takes it back, or deletes it. */
export async function action(args: Route.ActionArgs) {
  const { services, snapshot, retrospective, href, listHref } = await requestRetrospective(args);
  const { db } = services.database;
  const form = await readForm(args.request);
  const kind = textField(form, "kind", mostCharacters.kind);
  const reason = textField(form, "reason", mostCharacters.reason);
  const { id, state } = retrospective;
  const change = { id, revision: revisionIn(form), actor };
  const result = await actOn(db, snapshot.workspace.id, { kind, change, reason });
  if (result === "missing") throw noRetrospective(id);
  if (result === "reason")
    throw badRequest("A published retrospective is taken back for a reason. Expected one.");
  if (result === "state" && kind === "delete")
    throw conflict(`It is ${words(state)}, and only a draft is deleted. Take it back to draft first.`);
  if (result !== "done")
    throw conflict("Somebody has changed this retrospective since you opened it. Open it again and look.");
  return redirect(kind === "delete" ? listHref : href, 303);
}

function actOn(
  db: Database,
  workspaceId: number,
  { kind, change, reason }: { kind: string | null; change: RetrospectiveChange; reason: string | null },
): Promise<TakeBackResult> {
  switch (kind) {
    case "review":
      return reviewRetrospective(db, workspaceId, change);
    case "publish":
      return publishRetrospective(db, workspaceId, change);
    case "take_back":
      return takeBackRetrospective(db, workspaceId, { ...change, reason });
    case "delete":
      return deleteRetrospective(db, workspaceId, change);
    default:
      throw badRequest(
        `The act “${kind ?? ""}” is not known. Expected review, publish, take_back or delete.`,
      );
  }
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
