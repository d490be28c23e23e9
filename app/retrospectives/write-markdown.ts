import type { Retrospective } from "#db/queries/retrospectives.ts";
import { tidyItem } from "./content.ts";
import { type RetrospectivePart, retrospectiveParts } from "./parts.ts";

/** What stands in the file beside what a person wrote. */
export interface MarkdownContext {
  workspaceName: string;
  /** What people call the cause or the case. */
  ofName: string;
  fixTitles: ReadonlyMap<number, string>;
  /** One line an event. */
  timeline: readonly string[];
}

/** The first line of the head: what follows is a retrospective, in this version of the format. */
export const formatLine = "format: fixtwice-retrospective-1";

/**
 * A retrospective as Markdown (docs/guide.md says how it is built). `readMarkdown` reads back all that a person wrote,
 * character by character: a line of a text that would begin a part (`## `) has a backslash before it, and so has an
 * action that would name a second fix.
 */
export function writeMarkdown(retrospective: Retrospective, context: MarkdownContext): string {
  const parts = retrospectiveParts.flatMap((part) => [
    "",
    `## ${part.heading}`,
    ...["", bodyOf(part, retrospective, context)].slice(isEmpty(part, retrospective, context) ? 2 : 0),
  ]);
  return `${[...headOf(retrospective, context), ...parts].join("\n")}\n`;
}

function headOf(
  { content, of, state, written, reviewed, published }: Retrospective,
  { workspaceName, ofName }: MarkdownContext,
): string[] {
  const done = { written, reviewed, published };
  return [
    "---",
    formatLine,
    `title: ${quoted(content.title)}`,
    `workspace: ${quoted(workspaceName)}`,
    `of: ${"causeId" in of ? `cause ${of.causeId}` : `case ${of.caseId}`}`,
    `of_name: ${quoted(ofName)}`,
    `state: ${state}`,
    ...Object.entries(done).flatMap(([what, when]) =>
      when === null ? [] : [`${what}: ${when.at}`, `${what}_by: ${quoted(when.by)}`],
    ),
    "---",
  ];
}

/** JSON's strings are YAML's too, and stay on their line; so do those with the two other line ends of Unicode. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function isEmpty(part: RetrospectivePart, retrospective: Retrospective, context: MarkdownContext): boolean {
  return bodyOf(part, retrospective, context) === "";
}

function bodyOf(
  part: RetrospectivePart,
  { content }: Retrospective,
  { fixTitles, timeline }: MarkdownContext,
): string {
  switch (part.kind) {
    case "text":
      return (content.texts[part.key] ?? "").replaceAll(/^(?=\\*## )/gm, "\\");
    case "factors":
      return bullets(content.factors);
    case "whys":
      return content.whys.map((why, index) => `${index + 1}. ${why}`).join("\n");
    case "timeline":
      return bullets(timeline.map(tidyItem));
    case "actions":
      return bullets([
        ...content.fixIds.map((id) => tidyItem(`fix:${id} ${fixTitles.get(id) ?? ""}`)),
        ...content.actions.map((action) => action.replace(/^(?=\\*fix:\d)/, "\\")),
      ]);
  }
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
