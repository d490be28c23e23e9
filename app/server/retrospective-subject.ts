import { caseTimeline } from "#app/retrospectives/case-timeline.ts";
import { agentsNamed, wordsOf } from "#app/retrospectives/named-agents.ts";
import {
  caseTimelineLines,
  causeTimelineLines,
  type TimelineLine,
} from "#app/retrospectives/timeline-lines.ts";
import { localDay } from "#app/retrospectives/year-ago.ts";
import { readCaseRecords } from "#db/queries/case-records.ts";
import { listCauseEvents } from "#db/queries/cause-history.ts";
import { loadRoots } from "#db/queries/cause-roots.ts";
import { findCaseCause, findCause } from "#db/queries/causes.ts";
import { listAgentsIn } from "#db/queries/named-agents.ts";
import type { RetrospectiveContent, RetrospectiveOf } from "#db/queries/retrospectives.ts";
import { listFixesOfCause, type SecondFix } from "#db/queries/second-fixes.ts";
import type { RequestedSnapshot } from "./request-view.ts";

/** What a retrospective is about, as it is now. */
export interface Subject {
  kind: "cause" | "case";
  name: string;
  /** `null`: it is not there any more. */
  href: string | null;
  timeline: TimelineLine[];
  /** Second fixes of the cause, or of the cause that the case belongs to. */
  fixes: SecondFix[];
  /** The case, or the latest ones of the cause. */
  caseIds: string[];
}

/** Among so many of a cause's latest cases it is looked for agents that a text names. */
const casesLookedAt = 2000;

/** A merged cause is seen as the one that stands for it now. */
export function findSubject(requested: RequestedSnapshot, of: RetrospectiveOf): Promise<Subject> {
  return "caseId" in of ? caseSubject(requested, of.caseId) : causeSubject(requested, of.causeId);
}

async function caseSubject({ services, snapshot }: RequestedSnapshot, caseId: string): Promise<Subject> {
  const { db } = services.database;
  const { workspace } = snapshot;
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  for await (const { record } of readCaseRecords(db, workspace, [caseId])) {
    const cause = await findCaseCause(db, workspace.id, caseId);
    return {
      kind: "case",
      name: record.title ?? `${record.source_system} ${record.source_case_id}`,
      href: `${base}/cases/${caseId}`,
      timeline: caseTimelineLines(caseTimeline(record, workspace.timeZone), workspace.timeZone),
      fixes: cause === undefined ? [] : await listFixesOfCause(db, workspace.id, cause.cause_id),
      caseIds: [caseId],
    };
  }
  return { kind: "case", name: `case ${caseId}`, href: null, timeline: [], fixes: [], caseIds: [] };
}

async function causeSubject(
  { services, snapshot, page }: RequestedSnapshot,
  causeId: number,
): Promise<Subject> {
  const { db } = services.database;
  const { workspace } = snapshot;
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  const root = (await loadRoots(db, workspace.id)).get(causeId) ?? causeId;
  const cause = await findCause(db, workspace.id, root);
  if (cause === undefined)
    return { kind: "cause", name: `cause ${causeId}`, href: null, timeline: [], fixes: [], caseIds: [] };
  const days = await page("daysOfCause", { causeId: root, most: casesLookedAt });
  const fixes = await listFixesOfCause(db, workspace.id, root);
  const linked = (found: typeof days.first) =>
    found && { day: found.day, href: `${base}/cases/${found.caseId}` };
  return {
    kind: "cause",
    name: cause.name ?? cause.label,
    href: `${base}/causes/${root}`,
    timeline: causeTimelineLines({
      first: linked(days.first),
      latest: linked(days.latest),
      fixes: fixes.map((fix) => ({
        title: fix.title,
        openedOn: fix.opened_on,
        implementedOn: fix.implemented_on,
      })),
      events: (await listCauseEvents(db, workspace.id, root)).flatMap(({ event, publishedAt, runId }) =>
        event === "grown"
          ? []
          : [
              {
                day: localDay(publishedAt, workspace.timeZone),
                what: runWords[event],
                href: `${base}/runs/${runId}`,
              },
            ],
      ),
    }),
    fixes,
    caseIds: days.latestIds,
  };
}

/** What a run did, in the words of a timeline; with which other cause stands on the page of the run. */
const runWords = {
  new: "A run found the cause for the first time",
  split: "A run split cases off, between this cause and another",
  merged: "A run put this cause and another together",
  vanished: "A run no longer found the cause",
} as const;

/** Agents of the cases whom a text names; it is for people to say whether it must. */
export async function findNamedAgents(
  { services, snapshot }: RequestedSnapshot,
  { caseIds }: Subject,
  content: RetrospectiveContent,
): Promise<string[]> {
  const text = wordsOf(content);
  return agentsNamed(
    text,
    await listAgentsIn(services.database.db, snapshot.workspace.id, { caseIds, text }),
  );
}
