import { instantText } from "#app/format.ts";
import { listCases } from "#db/queries/cases.ts";
import { listCauseNames } from "#db/queries/cause-history.ts";
import { loadRoots } from "#db/queries/cause-roots.ts";
import { type Deletion, findDeletion } from "#db/queries/delete-retrospective.ts";
import {
  findRetrospective,
  type Retrospective,
  type RetrospectiveLine,
  type RetrospectiveOf,
} from "#db/queries/retrospectives.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";
import { notFound } from "./http-errors.ts";
import { type RequestedSnapshot, requestSnapshot, wholeNumber } from "./request-view.ts";

type RouteArgs = Parameters<typeof requestSnapshot>[0] & { params: { retrospectiveId: string } };

export interface RequestedRetrospective extends RequestedSnapshot {
  retrospective: Retrospective;
  /** Of its page, and of all retrospectives. */
  href: string;
  listHref: string;
}

/** The path is of a draft that somebody has deleted. */
export interface RequestedDeletion extends Omit<RequestedRetrospective, "retrospective"> {
  deletion: Deletion;
}

/** The retrospective of a path. @throws not found */
export async function requestRetrospective(args: RouteArgs): Promise<RequestedRetrospective> {
  const requested = await requestDraft(args);
  if ("deletion" in requested)
    throw notFound(deletionText(requested.deletion, requested.snapshot.workspace.timeZone));
  return requested;
}

/**
 * The same for those who write in it: that somebody has deleted it meanwhile is no error, so that nothing typed is lost.
 * @throws not found where there never was one
 */
export async function requestDraft(args: RouteArgs): Promise<RequestedRetrospective | RequestedDeletion> {
  const id = wholeNumber(args.params.retrospectiveId, "retrospective");
  const requested = await requestSnapshot(args);
  const { workspace } = requested.snapshot;
  const { db } = requested.services.database;
  const listHref = retrospectivesHref(workspace);
  const hrefs = { href: `${listHref}/${id}`, listHref };
  const retrospective = await findRetrospective(db, workspace.id, id);
  if (retrospective !== undefined) return { ...requested, ...hrefs, retrospective };
  const deletion = await findDeletion(db, workspace.id, id);
  if (deletion === undefined) throw noRetrospective(id);
  return { ...requested, ...hrefs, deletion };
}

/** Who deleted a draft, and when. */
export function deletionText({ title, at, by }: Deletion, timeZone: string): string {
  return `The draft “${title}” was deleted on ${instantText(at, timeZone)} by ${by}.`;
}

export function noRetrospective(id: number): Response {
  return notFound(
    `There is no retrospective ${id} in this workspace. The list of retrospectives leads to each.`,
  );
}

export function retrospectivesHref(workspace: { name: string }): string {
  return `/w/${encodeURIComponent(workspace.name)}/retrospectives`;
}

/** One retrospective in a list. Plain data. */
export interface RetrospectiveEntry {
  id: number;
  href: string;
  title: string;
  state: RetrospectiveLine["state"];
  /** "of the cause “Late parcels”". */
  of: string;
  since: string;
}

/** Retrospectives as lists show them. */
export async function entriesOf(
  db: Database,
  workspace: { id: number; name: string; timeZone: string },
  lines: readonly RetrospectiveLine[],
): Promise<RetrospectiveEntry[]> {
  if (lines.length === 0) return [];
  const nameOf = await subjectNames(
    db,
    workspace.id,
    lines.map(({ of }) => of),
  );
  return lines.map((line) => ({
    id: line.id,
    href: `${retrospectivesHref(workspace)}/${line.id}`,
    title: line.title,
    state: line.state,
    of: nameOf(line.of),
    since: sinceText(line, workspace.timeZone),
  }));
}

async function subjectNames(
  db: Database,
  workspaceId: number,
  subjects: readonly RetrospectiveOf[],
): Promise<(of: RetrospectiveOf) => string> {
  const roots = await loadRoots(db, workspaceId);
  const causes = new Map(
    (await listCauseNames(db, workspaceId)).map(({ causeId, name, label }) => [causeId, name ?? label]),
  );
  const caseIds = subjects.flatMap((of) => ("caseId" in of ? [of.caseId] : []));
  const cases = new Map(
    (await listCases(db, workspaceId, caseIds)).map((line) => [
      line.case_id,
      line.title ?? line.source_case_id,
    ]),
  );
  return (of) => {
    if ("caseId" in of) return `of the case “${cases.get(of.caseId) ?? of.caseId}”`;
    return `of the cause “${causes.get(roots.get(of.causeId) ?? of.causeId) ?? of.causeId}”`;
  };
}

/** When it came to its state, and by whom; of a draft, when it was changed last. */
export function sinceText({ published, reviewed, changed }: RetrospectiveLine, timeZone: string): string {
  const { at, by } = published ?? reviewed ?? changed;
  const isDraft = published === null && reviewed === null;
  return `${isDraft ? "changed " : ""}${instantText(at, timeZone)} by ${by}`;
}

/** The titles of all second fixes by number. */
export async function fixTitles(db: Database, workspaceId: number): Promise<Map<number, string>> {
  const fixes = await listSecondFixes(db, workspaceId);
  return new Map(fixes.map((fix) => [fix.fix_id, fix.title]));
}
