import { listText } from "#app/format.ts";
import type { ImportedFrom, RetrospectiveContent, RetrospectiveOf } from "#db/queries/retrospectives.ts";
import { contentProblem, emptyContent, tidyContent } from "./content.ts";
import { type RetrospectivePart, retrospectiveParts } from "./parts.ts";
import { formatLine } from "./write-markdown.ts";

export interface ReadRetrospective {
  content: RetrospectiveContent;
  of: RetrospectiveOf;
  /** Whose numbers of causes and fixes these are; `null` where the file does not say. */
  workspaceName: string | null;
  /** What the head says of its state, and when and by whom that came about. */
  imported: ImportedFrom;
  /** On which line what is checked against the workspace stands, from 1. */
  lines: { of: number; workspace: number; fixes: ReadonlyMap<number, number> };
}

/** What is wrong with the file, on which line (from 1), and what was expected there. */
export interface MarkdownProblem {
  line: number;
  sentence: string;
}

/** Thrown inside this file alone. */
class Wrong extends Error {
  readonly line: number;

  constructor(line: number, sentence: string) {
    super(sentence);
    this.line = line;
  }
}

interface Line {
  number: number;
  text: string;
}

/** Reads what `writeMarkdown` writes, and what people write in the same form. Pure; takes one pass over the text. */
export function readMarkdown(text: string): ReadRetrospective | { problem: MarkdownProblem } {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replaceAll(/\r\n?/g, "\n")
    .split("\n")
    .map((line, index): Line => ({ number: index + 1, text: line }));
  try {
    return readLines(lines);
  } catch (error) {
    if (error instanceof Wrong) return { problem: { line: error.line, sentence: error.message } };
    throw error;
  }
}

function readLines(lines: readonly Line[]): ReadRetrospective {
  if (lines[0]?.text.trimEnd() !== "---")
    throw new Wrong(1, 'The file does not begin with its head. Expected "---".');
  const end = lines.findIndex(({ text }, index) => index > 0 && text.trimEnd() === "---");
  if (end === -1) throw new Wrong(lines.length, 'The head has no end. Expected a line "---".');
  const head = readHead(lines.slice(1, end));
  const sections = readSections(lines.slice(end + 1));
  const fixes = new Map<number, number>();
  const content = tidyContent({
    ...emptyContent,
    ...contentOf(sections, fixes),
    title: head.get("title")?.text ?? "",
  });
  const wrong = contentProblem(content);
  if (wrong !== null) {
    const section = sections.find(({ part }) => part.heading === wrong.where);
    throw new Wrong(section?.number ?? head.get("title")?.number ?? 1, wrong.sentence);
  }
  const of = head.get("of");
  if (of === undefined)
    throw new Wrong(end + 1, 'The head does not say what it is of. Expected "of: cause 12" or "of: case …".');
  return {
    content,
    of: readOf(of),
    workspaceName: head.get("workspace")?.text ?? null,
    imported: Object.fromEntries(
      keptKeys.flatMap((key) => {
        const value = head.get(key)?.text;
        return value === undefined ? [] : [[key, value]];
      }),
    ),
    lines: { of: of.number, workspace: head.get("workspace")?.number ?? of.number, fixes },
  };
}

/** Keys of the head that say what became of it where it was written. */
const keptKeys = ["state", "written", "written_by", "reviewed", "reviewed_by", "published", "published_by"];
const headKeys = ["format", "title", "workspace", "of", "of_name", ...keptKeys];

function readHead(lines: readonly Line[]): Map<string, Line> {
  const head = new Map<string, Line>();
  for (const { number, text } of lines) {
    if (text.trim() === "") continue;
    const [, key, rest = ""] = /^(\w+):(.*)$/s.exec(text) ?? [];
    const value = rest.trim();
    if (key === undefined || !headKeys.includes(key))
      throw new Wrong(
        number,
        `“${opening(text)}” is no line of the head. Expected one of ${listText(headKeys)}, a colon, and its value.`,
      );
    if (head.has(key)) throw new Wrong(number, `The head says “${key}” twice. Expected it once.`);
    if (key === "format" && `format: ${value}` !== formatLine)
      throw new Wrong(number, `The format “${opening(value)}” is not known. Expected “${formatLine}”.`);
    head.set(key, { number, text: unquoted(value, number) });
  }
  return head;
}

function unquoted(value: string, line: number): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    throw new Wrong(
      line,
      `The value ${opening(value)} begins with a quote and does not end as one. Expected text in double quotes, with \\" for a quote inside.`,
    );
  }
}

function readOf({ number, text }: Line): RetrospectiveOf {
  const [, causeId] = /^cause ([1-9]\d{0,8})$/.exec(text) ?? [];
  if (causeId !== undefined) return { causeId: Number(causeId) };
  const [, caseId] = /^case ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(text) ?? [];
  if (caseId !== undefined) return { caseId: caseId.toLowerCase() };
  throw new Wrong(
    number,
    `It is of “${opening(text)}”, which is neither. Expected “cause” and its number, or “case” and its id, as in the address of its page.`,
  );
}

interface Section {
  part: RetrospectivePart;
  /** Of its heading. */
  number: number;
  lines: Line[];
}

function readSections(lines: readonly Line[]): Section[] {
  const sections: Section[] = [];
  for (const line of lines) {
    const heading = /^## (.*)$/s.exec(line.text)?.[1]?.trim();
    const last = sections.at(-1);
    if (heading !== undefined) sections.push({ part: partOf(heading, line, sections), ...line, lines: [] });
    else if (last !== undefined) last.lines.push(line);
    else if (line.text.trim() !== "")
      throw new Wrong(
        line.number,
        `“${opening(line.text)}” stands before the first part. Expected “## ${retrospectiveParts[0]?.heading}” or another part’s heading.`,
      );
  }
  return sections;
}

function partOf(heading: string, { number }: Line, before: readonly Section[]): RetrospectivePart {
  const part = retrospectiveParts.find((known) => known.heading.toLowerCase() === heading.toLowerCase());
  if (part === undefined)
    throw new Wrong(
      number,
      `“${opening(heading)}” is no part of a retrospective. Expected one of ${listText(retrospectiveParts.map((known) => known.heading))}; a heading inside a text begins with ###, or with \\##.`,
    );
  const first = before.find((section) => section.part === part);
  if (first !== undefined)
    throw new Wrong(
      number,
      `“${part.heading}” stands here and on line ${first.number}. Expected each part once.`,
    );
  return part;
}

function contentOf(sections: readonly Section[], fixes: Map<number, number>): Partial<RetrospectiveContent> {
  const content = { ...emptyContent, texts: { ...emptyContent.texts } };
  for (const { part, lines } of sections)
    switch (part.kind) {
      case "text":
        content.texts[part.key] = lines
          .map(({ text }) => text)
          .join("\n")
          .replaceAll(/^\\(?=\\*## )/gm, "");
        break;
      case "factors":
      case "whys":
        content[part.kind] = itemsOf(lines).map(({ text }) => text);
        break;
      case "actions":
        Object.assign(content, actionsOf(itemsOf(lines), fixes));
        break;
      case "timeline":
        break; // drawn anew from the times on record
    }
  return content;
}

/** The items of a list; lines that are indented go on with the item above them. */
function itemsOf(lines: readonly Line[]): Line[] {
  const items: Line[] = [];
  for (const { number, text } of lines) {
    const [, item] = /^(?:[-*]|\d+[.)])(?:[ \t]+(.*))?$/s.exec(text) ?? [];
    const last = items.at(-1);
    if (/^(?:[-*]|\d+[.)])(?:[ \t]|$)/.test(text)) items.push({ number, text: item ?? "" });
    else if (text.trim() === "") continue;
    else if (last !== undefined && /^[ \t]/.test(text)) last.text += ` ${text}`;
    else
      throw new Wrong(
        number,
        `“${opening(text)}” is no entry of the list. Expected “- ” and its text, on one line.`,
      );
  }
  return items;
}

function actionsOf(
  items: readonly Line[],
  fixes: Map<number, number>,
): Pick<RetrospectiveContent, "actions" | "fixIds"> {
  const actions: string[] = [];
  const fixIds: number[] = [];
  for (const { number, text } of items) {
    const [, fixId] = /^fix:(\d{1,9})(?= |$)/.exec(text.trim()) ?? [];
    if (fixId === undefined) actions.push(text.trim().replace(/^\\(?=\\*fix:\d)/, ""));
    else {
      fixIds.push(Number(fixId));
      fixes.set(Number(fixId), number);
    }
  }
  return { actions, fixIds };
}

/** As much of a line as fits a sentence. */
function opening(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
