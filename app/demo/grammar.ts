import type { Random } from "./random.ts";

/** The building blocks of what customers write about one cause: patterns for `fill`. */
export type CausePhrases = {
  titles: readonly string[];
  /** How it was noticed; each leads into each of the faults. */
  leads: readonly string[];
  /** What was wrong; where there are no leads, whole sentences. */
  faults: readonly string[];
  details: readonly string[];
  wants: readonly string[];
  /** A letter that customers copy from each other. */
  template?: string;
};

/** What the slots of one case are filled with: the same order, product and amount in all of its texts. */
export type Slots = Record<
  "product" | "day" | "soon" | "amount" | "order" | "span" | "adviser" | "thing",
  string
>;

/** Takes one of each `[a|b]` in `pattern`. Choices don't nest. */
export function choose(random: Random, pattern: string): string {
  return pattern.replace(/\[([^\]]+)\]/g, (_, choices: string) => random.choice(choices.split("|")));
}

/** Takes one of each choice, then fills each `{slot}`. */
export function fill(random: Random, pattern: string, slots: Readonly<Record<string, string>>): string {
  return choose(random, pattern).replace(/\{(\w+)\}/g, (slot, name: string) => {
    const text = slots[name];
    if (text !== undefined) return text;
    throw new Error(`Got the slot ${slot} in "${pattern}", expected one of ${Object.keys(slots).join(", ")}`);
  });
}
