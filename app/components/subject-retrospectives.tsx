import type { RetrospectiveEntry } from "#app/server/retrospective-views.ts";
import { Notice } from "./notice.tsx";
import { RetrospectiveList } from "./retrospective-list.tsx";

/** A retrospective that was published a year ago, give or take a month. */
export interface YearAgo {
  day: string;
  title: string;
  href: string;
  /** It is of a case that belongs to the cause now, not of the cause itself. */
  isOfCase: boolean;
}

export interface SubjectRetrospectivesProps {
  entries: readonly RetrospectiveEntry[];
  /** Of a cause: those of cases that belong to it now. */
  ofCases: readonly RetrospectiveEntry[];
  newHref: string;
  /** `null`: none was published then. */
  yearAgo: YearAgo | null;
}

/** The retrospectives of a cause or of a case, and the way to a new one. */
export function SubjectRetrospectives({ entries, ofCases, newHref }: SubjectRetrospectivesProps) {
  return (
    <section>
      <h2>Retrospectives</h2>
      <RetrospectiveList entries={entries} areOfOne />
      <p className="no-print">
        <a href={newHref}>Write a retrospective</a>
      </p>
      {ofCases.length > 0 && (
        <>
          <h3>Of cases that belong to it now</h3>
          <RetrospectiveList entries={ofCases} />
        </>
      )}
    </section>
  );
}

/** That a year ago people sat down over this very cause, or over one of its cases. */
export function YearAgoNotice({ yearAgo }: Pick<SubjectRetrospectivesProps, "yearAgo">) {
  if (yearAgo === null) return null;
  return (
    <Notice kind="info" title="A year ago this came back">
      A retrospective of {yearAgo.isOfCase ? "a case that belongs to this cause now" : "this cause"} was
      published on {yearAgo.day}: <a href={yearAgo.href}>{yearAgo.title}</a>. Read what was learned then, in
      case this time of year has to do with it.
    </Notice>
  );
}
