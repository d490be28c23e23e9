import { counted, instantText } from "#app/format.ts";
import { type CauseEvent, listCauseEvents, listCauseNames } from "#db/queries/cause-history.ts";
import type { Database } from "#db/schema.ts";

/** One line of the history of a cause. Plain data. */
export interface CauseHistoryLine {
  when: string;
  runHref: string;
  /** "Split from", and then the other cause, and how many cases. */
  before: string;
  other: { name: string; href: string } | null;
  after: string;
}

/** What the runs that were published said became of a cause, the latest first. */
export async function causeHistory(
  db: Database,
  workspace: { id: number; name: string; timeZone: string },
  causeId: number,
): Promise<CauseHistoryLine[]> {
  const names = new Map(
    (await listCauseNames(db, workspace.id)).map((cause) => [cause.causeId, cause.name ?? cause.label]),
  );
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  return (await listCauseEvents(db, workspace.id, causeId)).map((event) => {
    const { before, other } = wordsOf(event, causeId);
    return {
      when: instantText(event.publishedAt, workspace.timeZone),
      runHref: `${base}/runs/${event.runId}`,
      before,
      other:
        other === null
          ? null
          : { name: names.get(other) ?? `cause ${other}`, href: `${base}/causes/${other}` },
      after: event.cases === null ? "" : ` (${counted(event.cases, "case")})`,
    };
  });
}

function wordsOf(
  { event, causeId: from, otherCauseId: to }: CauseEvent,
  causeId: number,
): { before: string; other: number | null } {
  switch (event) {
    case "new":
      return { before: "First found", other: null };
    case "grown":
      return { before: "Grown", other: null };
    case "vanished":
      return { before: "Gone: no cause of the run is like it", other: null };
    case "split":
      return from === causeId
        ? { before: "Gave a part to", other: to }
        : { before: "Split from", other: from };
    case "merged":
      return from === causeId ? { before: "Went into", other: to } : { before: "Absorbed", other: from };
  }
}
