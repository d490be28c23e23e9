import { textParts } from "#app/retrospectives/parts.ts";
import type { RetrospectiveContent, RetrospectiveOf } from "#db/queries/retrospectives.ts";
import { listSecondFixes, type SecondFix } from "#db/queries/second-fixes.ts";
import type { Database } from "#db/schema.ts";
import { badRequest } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import { wholeNumber } from "./request-view.ts";

export const actor = "local user";

/** More bytes than the longest retrospective has, with its form around it. */
const mostBytes = 2_000_000;

/** What a person wrote in the form, as they wrote it: nothing is cut or refused, so that it can be shown back. */
export function writtenIn(form: FormData): RetrospectiveContent {
  const all = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  const one = (name: string) => all(name)[0] ?? "";
  return {
    title: one("title"),
    texts: Object.fromEntries(textParts.map(({ key }) => [key, one(key)])),
    factors: all("factor"),
    whys: all("why"),
    actions: all("action"),
    fixIds: all("fix").map((text) => wholeNumber(text, "second fix")),
  };
}

/** @throws a bad request where the request is larger than any retrospective, before it is read */
export function refuseLargeBody(request: Request): void {
  const bytes = Number(request.headers.get("content-length") ?? 0);
  if (bytes > mostBytes)
    throw badRequest(
      `The request has ${bytes} bytes. Expected at most ${mostBytes}: a retrospective is a text to be read.`,
    );
}

/** @throws a bad request where a fix is none of the workspace's */
export function refuseStrangeFixes(
  { fixIds }: RetrospectiveContent,
  known: ReadonlyMap<number, string>,
): void {
  const strange = fixIds.find((id) => !known.has(id));
  if (strange !== undefined)
    throw badRequest(`There is no second fix ${strange} in this workspace. Open the page again.`);
}

/** Second fixes that a form offers: those of its subject, and others that are ticked already. */
export async function fixesToTick(
  db: Database,
  workspaceId: number,
  { offered, ticked }: { offered: readonly SecondFix[]; ticked: readonly number[] },
): Promise<SecondFix[]> {
  const isOffered = new Set(offered.map((fix) => fix.fix_id));
  const others = (await listSecondFixes(db, workspaceId)).filter(
    ({ fix_id: id }) => ticked.includes(id) && !isOffered.has(id),
  );
  return [...offered, ...others];
}

/** Where a new one is written of a cause or of a case. */
export function newHref(listHref: string, of: RetrospectiveOf): string {
  return `${listHref}/new?${"caseId" in of ? `case=${of.caseId}` : `cause=${of.causeId}`}`;
}

/** Of the form's hidden field: which revision the person has seen. */
export function revisionIn(form: FormData): number {
  return wholeNumber(textField(form, "revision", 10) ?? "", "revision");
}
