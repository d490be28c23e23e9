import { sentenceCase, words } from "#app/format.ts";
import type { RetrospectiveEntry } from "#app/server/retrospective-views.ts";

export interface RetrospectiveListProps {
  entries: readonly RetrospectiveEntry[];
  /** All are of the same, which the page is about. */
  areOfOne?: boolean;
}

/** Retrospectives, a line each: what it is of, and how far it has come. */
export function RetrospectiveList({ entries, areOfOne = false }: RetrospectiveListProps) {
  if (entries.length === 0) return null;
  return (
    <ul className="retrospective-list">
      {entries.map(({ id, href, title, state, of, since }) => (
        <li key={id}>
          <p>
            <a href={href}>{title}</a> {!areOfOne && of}
          </p>
          <p className="small soft">
            <strong>{sentenceCase(words(state))}</strong> – {since}
          </p>
        </li>
      ))}
    </ul>
  );
}
