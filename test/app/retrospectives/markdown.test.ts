import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentProblem, emptyContent, most, tidyContent, tidyText } from "#app/retrospectives/content.ts";
import { retrospectiveParts, textParts } from "#app/retrospectives/parts.ts";
import { type MarkdownProblem, readMarkdown } from "#app/retrospectives/read-markdown.ts";
import { writeMarkdown } from "#app/retrospectives/write-markdown.ts";
import type { Retrospective, RetrospectiveContent } from "#db/queries/retrospectives.ts";

const context = {
  workspaceName: "Lind & Hald",
  ofName: 'Late "parcels": ---',
  fixTitles: new Map([[3, "Ask for the door\n## Trigger"]]),
  timeline: ["22 Nov 2026, 01:16 UTC: It happened", "## Lessons", "Second fix decided: a\n## Lessons"],
};

function retrospectiveOf(content: RetrospectiveContent): Retrospective {
  return {
    id: 7,
    of: { causeId: 12 },
    state: "published",
    title: content.title,
    written: { at: "2026-03-01T09:00:00.000Z", by: "Ada" },
    changed: { at: "2026-03-03T09:00:00.000Z", by: "Ada" },
    reviewed: { at: "2026-03-02T09:00:00.000Z", by: 'Bo "B"' },
    published: { at: "2026-03-03T09:00:00.000Z", by: "Cy" },
    revision: 4,
    content,
    imported: null,
  };
}

function readBack(text: string) {
  const read = readMarkdown(text);
  if ("problem" in read) throw new Error(`line ${read.problem.line}: ${read.problem.sentence}`);
  return read;
}

function problemOf(text: string): MarkdownProblem {
  const read = readMarkdown(text);
  if (!("problem" in read)) throw new Error("Nothing was wrong with it.");
  return read.problem;
}

/** Pieces of which texts are made that could be taken for the format's own. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...retrospectiveParts.map(({ heading }) => `## ${heading}`),
      "---",
      "## ",
      "\\## x",
      "\\\\## Lessons",
      "# a",
      "### b",
      "```",
      "~~~",
      "- item",
      "1. one",
      "  ",
      "\t",
      "",
      "> q",
      "<!-- x",
      "<b>",
      "fix:3",
      "\\fix:3",
      "日本語の文章",
      "Ёлка",
      "שלום",
      "a  ",
      "\\",
      "text\n---",
      "\u2028## x",
    ),
  },
);
const lineEnd = fc.constantFrom("\n", "\n", "\n\n", "\r\n", "\r");
const text = fc
  .array(fc.tuple(piece, lineEnd), { maxLength: 8 })
  .map((lines) => lines.map(([line, end]) => line + end).join(""));
const item = fc.oneof(piece, text);
const content = fc
  .record({
    title: item,
    texts: fc.record(Object.fromEntries(textParts.map(({ key }) => [key, text]))),
    factors: fc.array(item, { maxLength: 4 }),
    whys: fc.array(item, { maxLength: 6 }),
    actions: fc.array(item, { maxLength: 4 }),
    fixIds: fc.array(fc.integer({ min: 1, max: 999_999_999 }), { maxLength: 3 }),
  })
  .map(tidyContent)
  .filter((tidy) => contentProblem(tidy) === null);

describe("a retrospective as Markdown", () => {
  it("comes back as it was, whatever is written in it", () => {
    fc.assert(
      fc.property(content, (written) => {
        expect(readBack(writeMarkdown(retrospectiveOf(written), context)).content).toEqual(written);
      }),
      { numRuns: 2000 },
    );
  });

  it("comes back the same from an editor that writes CRLF and a byte order mark", () => {
    fc.assert(
      fc.property(content, (written) => {
        const file = writeMarkdown(retrospectiveOf(written), context);
        expect(readBack(`\uFEFF${file.replaceAll("\n", "\r\n")}`).content).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what it is of, its workspace, and what became of it by whom", () => {
    const read = readBack(writeMarkdown(retrospectiveOf({ ...emptyContent, title: "t" }), context));
    expect(read.of).toEqual({ causeId: 12 });
    expect(read.workspaceName).toBe("Lind & Hald");
    expect(read.imported).toEqual({
      state: "published",
      written: "2026-03-01T09:00:00.000Z",
      written_by: "Ada",
      reviewed: "2026-03-02T09:00:00.000Z",
      reviewed_by: 'Bo "B"',
      published: "2026-03-03T09:00:00.000Z",
      published_by: "Cy",
    });
  });

  it("is read from a short file that a person typed, with lists in their own way", () => {
    const read = readBack(
      [
        "---",
        "title: Late parcels",
        "of: case 0B1D9F0E-8e0f-4b3c-9a53-0123456789ab",
        "---",
        "## lessons",
        "Ask.",
        "",
        "## Five whys",
        "1) The label was old,",
        "   and nobody saw it",
        "* Because",
      ].join("\n"),
    );
    expect(read.of).toEqual({ caseId: "0b1d9f0e-8e0f-4b3c-9a53-0123456789ab" });
    expect(read.content).toEqual({
      ...emptyContent,
      title: "Late parcels",
      texts: { lessons: "Ask." },
      whys: ["The label was old, and nobody saw it", "Because"],
    });
  });
});

describe("a text that is no retrospective", () => {
  const head = "---\ntitle: t\nof: cause 1\n---\n";
  it.each([
    ["hello", 1, 'Expected "---"'],
    ["---\ntitle: t", 2, 'Expected a line "---"'],
    ["---\ntitle: t\n---\n", 3, "of: cause 12"],
    ["---\nof: cause 1\n---\n", 1, "Expected a few words"],
    ["---\ntitle: t\nof: cause x\n---\n", 3, "“cause” and its number"],
    ["---\ntitle: t\ntitle: u\nof: cause 1\n---\n", 3, "twice"],
    ['---\ntitle: "t\nof: cause 1\n---\n', 2, "double quotes"],
    ["---\nformat: fixtwice-retrospective-2\n---\n", 2, "fixtwice-retrospective-1"],
    ["---\nauthor: me\n---\n", 2, "no line of the head"],
    [`${head}words`, 5, "before the first part"],
    [`${head}## Blame`, 5, "no part of a retrospective"],
    [`${head}## Lessons\na\n## Lessons`, 7, "on line 5"],
    [`${head}## Actions\n\nDo it`, 7, "Expected “- ”"],
    [`${head}## Lessons\n${"x".repeat(most.text + 1)}`, 5, "Expected at most 20,000"],
  ])("is refused with the line and what was expected: %#", (file, line, sentence) => {
    const problem = problemOf(file);
    expect(problem.line).toBe(line);
    expect(problem.sentence).toContain(sentence);
  });

  it("never throws, whatever the text is", () => {
    fc.assert(
      fc.property(text, fc.boolean(), (some, withHead) => {
        expect(readMarkdown(withHead ? head + some : some)).toBeTypeOf("object");
      }),
    );
  });
});

describe("what is kept of a written text", () => {
  it("is all but line ends of another system, and empty lines before and after", () => {
    expect(tidyText("\r\n  \r\n  a  \r\n\r\nb  \r\n \r\n")).toBe("  a  \n\nb  ");
    expect(tidyText(" \t\n")).toBe("");
  });

  it("is the same when it is tidied again", () => {
    fc.assert(fc.property(text, (some) => tidyText(tidyText(some)) === tidyText(some)));
  });

  it("has each factor once, whatever its capitals", () => {
    const tidy = tidyContent({ ...emptyContent, factors: ["Peak  load", "peak load", "", "Night"] });
    expect(tidy.factors).toEqual(["Peak load", "Night"]);
  });
});
