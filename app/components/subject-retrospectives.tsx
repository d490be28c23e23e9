import type { RetrospectiveEntry } from "#app/server/retrospective-views.ts";
import { Notice } from "./notice.tsx";
import { RetrospectiveList } from "./retrospective-list.tsx";

export interface SubjectRetrospectivesProps {
  entries: readonly RetrospectiveEntry[];
  newHref: string;
  /** One that was published a year ago, give or take a month; `null`: none was. */
  yearAgo: { day: string; title: string; href: string } | null;
}

/** The retrospectives of a cause or of a case, and the way to a new one. */
export function SubjectRetrospectives({ entries, newHref }: SubjectRetrospectivesProps) {
  return (
    <section>
      <h2>Retrospectives</h2>
      <RetrospectiveList entries={entries} areOfOne />
      <p className="no-print">
        <a href={newHref}>Write a retrospective</a>
      </p>
    </section>
  );
}

/** That a year ago people sat down over this very cause. */
export function YearAgoNotice({ yearAgo }: Pick<SubjectRetrospectivesProps, "yearAgo">) {
  if (yearAgo === null) return null;
  return (
    <Notice kind="info" title="A year ago this came back">
      A retrospective of this cause was published on {yearAgo.day}: <a href={yearAgo.href}>{yearAgo.title}</a>
      . Read what was learned then, in case this time of year has to do with it.
    </Notice>
  );
}
