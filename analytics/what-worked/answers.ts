import type { Facts } from "../facts/facts.ts";

/** One answer a row of the columns, to a question like "was it reopened?": 0 = unknown, 1 = no, 2 = yes. Unknown never counts as no. */
export type Answers = Uint8Array;

export const [unknownAnswer, noAnswer, yesAnswer] = [0, 1, 2] as const;

/** `null` = unknown. */
export function answerOf(answer: boolean | null): number {
  if (answer === null) return unknownAnswer;
  return answer ? yesAnswer : noAnswer;
}

/** The answers of all rows. Cost: one call a row. */
export function answersOf(facts: Facts, ask: (row: number) => boolean | null): Answers {
  return Uint8Array.from({ length: facts.size }, (_, row) => answerOf(ask(row)));
}
