import { countText } from "#app/format.ts";
import type { RetrospectiveContent, RetrospectiveText } from "#db/queries/retrospectives.ts";
import { textParts } from "./parts.ts";

/** How much a retrospective takes. */
export const most = { title: 200, text: 20_000, item: 500, items: 40 } as const;

/** One that says nothing yet. */
export const emptyContent: RetrospectiveContent = {
  title: "",
  texts: {},
  factors: [],
  whys: [],
  actions: [],
  fixIds: [],
};

/**
 * A text as it is kept: line breaks are line feeds, as in every form; empty lines before its first and after its last
 * written line are not kept, nor is what no database holds (NUL, halves of characters). All else stays as it is.
 */
export function tidyText(text: string): string {
  const lines = text.replaceAll("\0", "").toWellFormed().replaceAll(/\r\n?/g, "\n").split("\n");
  const isWritten = (line: string) => /[^ \t]/.test(line);
  const first = lines.findIndex(isWritten);
  return first === -1 ? "" : lines.slice(first, lines.findLastIndex(isWritten) + 1).join("\n");
}

/** One line: each run of spaces and line breaks is a space, and there is none at either end. */
export function tidyItem(text: string): string {
  return text.replaceAll("\0", "").toWellFormed().replaceAll(/\s+/g, " ").trim();
}

/** What a person wrote, as it is kept: tidy, without what is empty, and each factor and fix once. */
export function tidyContent(written: RetrospectiveContent): RetrospectiveContent {
  return {
    title: tidyItem(written.title),
    texts: Object.fromEntries(
      textParts.flatMap(({ key }) => {
        const text = tidyText(written.texts[key] ?? "");
        return text === "" ? [] : [[key, text]];
      }),
    ) satisfies Partial<Record<RetrospectiveText, string>>,
    factors: onceEach(items(written.factors)),
    whys: items(written.whys),
    actions: items(written.actions),
    fixIds: [...new Set(written.fixIds)],
  };
}

function items(texts: readonly string[]): string[] {
  return texts.map(tidyItem).filter((text) => text !== "");
}

function onceEach(factors: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const factor of factors) {
    const key = factor.toLowerCase();
    if (!seen.has(key)) seen.set(key, factor);
  }
  return [...seen.values()];
}

/** Where something is wrong with it: what, in a sentence, and in which part. */
export interface ContentProblem {
  /** The title, or the heading of the part. */
  where: string;
  sentence: string;
}

/** What keeps tidy content from being saved, the first in reading order; `null`: nothing does. */
export function contentProblem(content: RetrospectiveContent): ContentProblem | null {
  if (content.title === "") return { where: "Title", sentence: "It has no title. Expected a few words." };
  const texts = textParts.map(({ key, heading }) => tooLong(heading, content.texts[key] ?? "", most.text));
  const lists = [
    ["Contributing factors", content.factors],
    ["Five whys", content.whys],
    ["Actions", content.actions],
  ] as const;
  const problems = [
    tooLong("Title", content.title, most.title),
    ...texts,
    ...lists.flatMap(([where, list]) => [
      tooMany(where, list.length),
      ...list.map((item) => tooLong(where, item, most.item)),
    ]),
    tooMany("Actions", content.fixIds.length),
  ];
  return problems.find((problem) => problem !== null) ?? null;
}

function tooLong(where: string, text: string, limit: number): ContentProblem | null {
  if (text.length <= limit) return null;
  const sentence = `${where} has a text of ${countText(text.length)} characters. Expected at most ${countText(limit)}.`;
  return { where, sentence };
}

function tooMany(where: string, count: number): ContentProblem | null {
  if (count <= most.items) return null;
  return { where, sentence: `${where} has ${count} entries. Expected at most ${most.items}.` };
}
