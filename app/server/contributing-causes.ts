import { textIn } from "#app/fixes/form-fields.ts";
import { counted, instantText } from "#app/format.ts";
import type { Snapshot, Workspace } from "#app/tables/view.ts";
import { type CaseLine, isCase, listCases } from "#db/queries/cases.ts";
import {
  listContributing,
  type NamingRefusal,
  nameContributing,
  takeBackContributing,
} from "#db/queries/contributing-causes.ts";
import type { Database } from "#db/schema.ts";
import { notFound } from "./http-errors.ts";
import { wholeNumber } from "./request-view.ts";
import type { Services } from "./services.ts";

/** What the page of a case shows about the causes beside its primary one. Plain data. */
export interface ContributingView {
  named: { causeId: number; name: string; href: string; sentence: string }[];
  /** The causes that could be named, by name. */
  options: { causeId: number; name: string }[];
}

/** What was typed of a contributing cause that could not be kept. */
export interface NamingRefused {
  problem: string;
  typed: { cause: string; reason: string };
}

/** @param primaryId the cause that the case is in; `null`: in none */
export async function contributingView(
  db: Database,
  { workspace, facts }: Snapshot,
  { caseId, primaryId }: { caseId: string; primaryId: number | null },
): Promise<ContributingView> {
  const contributing = await listContributing(db, workspace.id, caseId);
  const taken = new Set([primaryId, ...contributing.map(({ causeId }) => causeId)]);
  return {
    named: contributing.map(({ causeId, name, madeAt, actor: who, reason }) => ({
      causeId,
      name,
      href: `/w/${encodeURIComponent(workspace.name)}/causes/${causeId}`,
      sentence: `named on ${instantText(madeAt, workspace.timeZone)} by ${who}${reason === null ? "" : `: ${reason}`}`,
    })),
    options: facts.causes
      .flatMap((cause) =>
        cause === undefined || taken.has(cause.causeId) ? [] : [{ causeId: cause.causeId, name: cause.name }],
      )
      .toSorted((a, b) => a.name.localeCompare(b.name, "en")),
  };
}

const actor = "local user";
const mostCharacters = 500;

/** Whether a form of a case's page is about a contributing cause. */
export function isOfContributing(form: FormData): boolean {
  return ["contribute", "undo_contribute"].includes(textIn(form, "kind"));
}

/** Names a contributing cause, or takes one back; else a sentence says why not, and nothing that was typed is lost. */
export async function changeContributing(
  services: Services,
  workspace: Workspace,
  { caseId, form }: { caseId: string; form: FormData },
): Promise<NamingRefused | null> {
  const { db } = services.database;
  if (!(await isCase(db, workspace.id, caseId))) throw notFound("This workspace has no case with that id.");
  const typed = { cause: textIn(form, "cause"), reason: textIn(form, "reason") };
  if (textIn(form, "kind") === "undo_contribute") {
    const causeId = wholeNumber(typed.cause, "cause");
    if (!(await takeBackContributing(db, workspace.id, { caseId, causeId, actor })))
      throw notFound(
        `Nobody has named the cause ${causeId} as contributing to this case, so there is nothing to undo.`,
      );
  } else {
    const problem = await nameTyped(db, workspace.id, { caseId, typed });
    if (problem !== null) return { problem, typed };
  }
  services.forgetSnapshot(workspace.name);
  return null;
}

async function nameTyped(
  db: Database,
  workspaceId: number,
  { caseId, typed: { cause, reason } }: { caseId: string; typed: NamingRefused["typed"] },
): Promise<string | null> {
  if (!/^[1-9]\d{0,8}$/.test(cause)) return `The cause is “${cause}”. Expected one of the list.`;
  if (reason.length > mostCharacters)
    return `The reason has ${reason.length} characters. Expected at most ${mostCharacters}.`;
  const naming = { caseId, causeId: Number(cause), actor, reason: reason || null };
  const refusal = await nameContributing(db, workspaceId, naming);
  return refusal === null ? null : refusals[refusal](cause);
}

const refusals: Readonly<Record<NamingRefusal, (cause: string) => string>> = {
  no_shown_cause: (cause) =>
    `The cause is ${cause}, which is set aside or not there. Expected one of the list.`,
  is_primary: (cause) =>
    `The cause is ${cause}, which is the primary cause of this case. Expected another one.`,
  is_named: (cause) => `The cause is ${cause}, which is named as contributing already. Expected another one.`,
};

/** What the page of a cause shows about the cases that it contributes to. Plain data. */
export interface ContributedCases {
  /** `null`: there is none. */
  sentence: string | null;
  /** The latest of them. */
  lines: (CaseLine & { href: string })[];
}

const mostListed = 20;

export async function contributedCases(
  db: Database,
  workspace: Workspace,
  causeId: number,
): Promise<ContributedCases> {
  const caseIds = (await listContributing(db, workspace.id))
    .filter((one) => one.causeId === causeId)
    .map(({ caseId }) => caseId);
  const lines = (await listCases(db, workspace.id, caseIds))
    .toSorted((a, b) => (a.incidence_day < b.incidence_day ? 1 : a.incidence_day > b.incidence_day ? -1 : 0))
    .slice(0, mostListed)
    .map((line) => ({ ...line, href: `/w/${encodeURIComponent(workspace.name)}/cases/${line.case_id}` }));
  return { sentence: caseIds.length === 0 ? null : sentenceOf(caseIds.length), lines };
}

function sentenceOf(cases: number): string {
  const more = cases > mostListed ? `; the latest ${mostListed} are listed` : "";
  return `${counted(cases, "other case")}, of all days, ${cases === 1 ? "names" : "name"} it as contributing${more}`;
}
