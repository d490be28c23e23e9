/**
 * The names of the controls of the mapping's form. The form is an edit of a mapping that it carries along whole (`base`), so that what has no control is never lost. Columns and rules are named
 * by their position: a form's own text may not change under way, and a column may be called anything.
 */
export const control = {
  base: "base",
  /** What column `column` becomes; `slot` counts the fields that it becomes, and one more that is free. */
  becomes: (column: number, slot: number) => `becomes.${column}.${slot}`,
  /** An answer about the reading of rule `rule`. */
  rule: (rule: number, part: RulePart) => `rule.${rule}.${part}`,
  /** Our word for the rule's pair number `pair`. */
  word: (rule: number, pair: number) => `rule.${rule}.word.${pair}`,
  /** Our word for one of theirs that no pair names yet; the word itself is the value of `theirs`. */
  newWord: (rule: number, word: number) => `rule.${rule}.new.${word}`,
  theirs: (rule: number, word: number) => `rule.${rule}.theirs.${word}`,
  /** The value that rule `rule` gives every row. */
  constant: (rule: number) => `constant.${rule}`,
  /** The source system, where no rule tells it. */
  system: "system",
  /** The day of every row, where no column tells when. */
  day: "day",
  /** Without an id: a row is known by its content. */
  content: "content",
  nulls: "nulls",
  fold: "fold",
  foldPart: (part: FoldPart) => `fold.${part}`,
} as const;

export type RulePart =
  | "order"
  | "midnight"
  | "zone"
  | "since"
  | "unit"
  | "times"
  | "plus"
  | "otherwise"
  | "given"
  | "empty"
  | "kept";

export type FoldPart = "key" | "time" | "assignee" | "status" | "words" | "author" | "customer";

/** In a choice of words: no word was chosen yet. */
export const notChosen = "?";
/** In a choice of words: their word says nothing. */
export const saysNothing = "";

/** In a choice: nothing was said yet. */
export const notSaid = "";

/** What stands in each control, by its name. */
export type ControlValues = Record<string, string>;
