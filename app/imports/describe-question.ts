import type { Question } from "#db/imports/map/questions.ts";

/** A question as the page about the mapping asks it: where the answer is given, no option of a command is named. */
export function questionText({ code, column, sentence }: Question): string {
  if (code === "date_order")
    return `In “${column}”, does the day come first or the month? Its dates can be read both ways.`;
  return sentence;
}

/** The same at the place of its answer, where the column is in view. */
export function questionAtRow({ code, words, sentence }: Question): string {
  switch (code) {
    case "date_order":
      return "Day or month first? Its dates can be read both ways.";
    case "unknown_words":
      return `What does ${words?.length === 1 ? "this word" : "each of these words"} mean?`;
    default:
      return sentence;
  }
}
