import type { SubjectRetrospectivesProps, YearAgo } from "#app/components/subject-retrospectives.tsx";
import { dateText } from "#app/format.ts";
import { isYearAgo, localDay } from "#app/retrospectives/year-ago.ts";
import {
  listOfCase,
  listOfCasesOf,
  listOfCause,
  type RetrospectiveLine,
  type RetrospectiveOf,
} from "#db/queries/retrospectives.ts";
import type { RequestedSnapshot } from "./request-view.ts";
import { newHref } from "./retrospective-form.ts";
import { entriesOf, retrospectivesHref } from "./retrospective-views.ts";

/** What the page of a cause or of a case shows of its retrospectives; a cause has those of its cases besides. */
export async function subjectRetrospectives(
  { services, snapshot, today }: RequestedSnapshot,
  of: RetrospectiveOf,
): Promise<SubjectRetrospectivesProps> {
  const { db } = services.database;
  const { workspace } = snapshot;
  const isCase = "caseId" in of;
  const own = isCase
    ? await listOfCase(db, workspace.id, of.caseId)
    : await listOfCause(db, workspace.id, of.causeId);
  const ofCases = isCase ? [] : await listOfCasesOf(db, workspace.id, of.causeId);
  const href = retrospectivesHref(workspace);
  const yearAgo = (lines: readonly RetrospectiveLine[]): YearAgo | null => {
    const published = lines.flatMap((line) =>
      line.published !== null && isYearAgo(line.published.at, today, workspace.timeZone)
        ? [{ day: localDay(line.published.at, workspace.timeZone), line }]
        : [],
    );
    const last = published.toSorted((a, b) => (a.day < b.day ? 1 : -1))[0];
    return (
      (last && {
        day: dateText(last.day),
        title: last.line.title,
        href: `${href}/${last.line.id}`,
        isOfCase: "caseId" in last.line.of,
      }) ??
      null
    );
  };
  return {
    entries: await entriesOf(db, workspace, own),
    ofCases: await entriesOf(db, workspace, ofCases),
    newHref: newHref(href, of),
    // What was learned of the cause as a whole comes before what was learned of one of its cases.
    yearAgo: yearAgo(own) ?? yearAgo(ofCases),
  };
}
