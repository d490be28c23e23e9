import {
  type MarkdownProblem,
  type ReadRetrospective,
  readMarkdown,
} from "#app/retrospectives/read-markdown.ts";
import { isCase } from "#db/queries/cases.ts";
import { findCause } from "#db/queries/causes.ts";
import { createRetrospective } from "#db/queries/change-retrospective.ts";
import type { RequestedSnapshot } from "./request-view.ts";
import { actor } from "./retrospective-form.ts";
import { fixTitles } from "./retrospective-views.ts";

/** Makes a draft of a Markdown text, and returns its number; or what is wrong with the text, and where. */
export async function importRetrospective(
  requested: RequestedSnapshot,
  text: string,
): Promise<number | MarkdownProblem> {
  const read = readMarkdown(text);
  if ("problem" in read) return read.problem;
  const wrong = await strangeHere(requested, read);
  if (wrong !== null) return wrong;
  const { services, snapshot } = requested;
  return createRetrospective(services.database.db, snapshot.workspace.id, { ...read, actor });
}

/** What the text names and this workspace has not. Numbers of another workspace would name other things here. */
async function strangeHere(
  { services, snapshot }: RequestedSnapshot,
  { of, workspaceName, content, lines }: ReadRetrospective,
): Promise<MarkdownProblem | null> {
  const { db } = services.database;
  const { workspace } = snapshot;
  if (workspaceName !== null && workspaceName !== workspace.name)
    return {
      line: lines.workspace,
      sentence:
        `It is of the workspace “${workspaceName}”, whose numbers of causes and fixes mean others here. ` +
        `Expected “${workspace.name}”: change this line, the line “of” and the lines with “fix:”.`,
    };
  const isHere =
    "caseId" in of
      ? await isCase(db, workspace.id, of.caseId)
      : (await findCause(db, workspace.id, of.causeId)) !== undefined;
  if (!isHere)
    return {
      line: lines.of,
      sentence: `There is no ${"caseId" in of ? `case ${of.caseId}` : `cause ${of.causeId}`} in this workspace. Expected one that its list leads to.`,
    };
  const titles = await fixTitles(db, workspace.id);
  const strange = content.fixIds.find((id) => !titles.has(id));
  return strange === undefined
    ? null
    : {
        line: lines.fixes.get(strange) ?? 1,
        sentence: `There is no second fix ${strange} in this workspace. Expected the number of one that is here, or the action as text, without “fix:${strange}”.`,
      };
}
