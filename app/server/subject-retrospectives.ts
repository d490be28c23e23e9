import type { SubjectRetrospectivesProps } from "#app/components/subject-retrospectives.tsx";
import { dateText } from "#app/format.ts";
import { isYearAgo, localDay } from "#app/retrospectives/year-ago.ts";
import { listOfCase, listOfCause, type RetrospectiveOf } from "#db/queries/retrospectives.ts";
import type { RequestedSnapshot } from "./request-view.ts";
import { entriesOf, retrospectivesHref } from "./retrospective-views.ts";

/** What the page of a cause or of a case shows of its retrospectives. */
export async function subjectRetrospectives(
  { services, snapshot, today }: RequestedSnapshot,
  of: RetrospectiveOf,
): Promise<SubjectRetrospectivesProps> {
  const { db } = services.database;
  const { workspace } = snapshot;
  const lines =
    "caseId" in of
      ? await listOfCase(db, workspace.id, of.caseId)
      : await listOfCause(db, workspace.id, of.causeId);
  const href = retrospectivesHref(workspace);
  const published = lines.flatMap(({ id, title, published: done }) =>
    done !== null && isYearAgo(done.at, today, workspace.timeZone)
      ? [{ day: localDay(done.at, workspace.timeZone), title, href: `${href}/${id}` }]
      : [],
  );
  const last = published.toSorted((a, b) => (a.day < b.day ? 1 : -1))[0];
  return {
    entries: await entriesOf(db, workspace, lines),
    newHref: `${href}/new?${"caseId" in of ? `case=${of.caseId}` : `cause=${of.causeId}`}`,
    yearAgo: last === undefined ? null : { ...last, day: dateText(last.day) },
  };
}
