import { BadInput } from "#db/imports/bad-input.ts";

/** What a form carries as JSON. @throws BadInput where it is none */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    throw new BadInput("The form did not arrive whole: open its page again, and send it anew.");
  }
}

/** The lines of a text, without empty ones; what they were where the text says no more and no less. */
export function linesOf(text: string | undefined, before: readonly string[]): readonly string[] {
  const plain = text?.replaceAll("\r\n", "\n");
  if (plain === undefined || plain === before.join("\n")) return before;
  return [...new Set(plain.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}
