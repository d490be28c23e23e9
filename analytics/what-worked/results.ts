import { type Outcome, outcomes } from "../case.ts";
import { type Facts, neverBefore, outcomeCode } from "../facts/facts.ts";
import type { Day } from "../period.ts";
import { type Answers, answersOf } from "./answers.ts";

/** What may follow a remedy or a step, one a column of the matrix. */
export type ResultKey = Outcome | "reopened" | "repeat";

export interface Result {
  key: ResultKey;
  answers: Answers;
}

/**
 * The results that the columns know of each case: its outcome; whether it was reopened; whether the same customer came with
 * the same cause again within `repeatDays` of it, which is unknown as long as those days are not over on `dataEnd`, and where the
 * customer or the cause is unknown. Cost: one pass a result.
 * @param dataEnd the first day that the data do not cover
 */
export function resultsOf(facts: Facts, repeatDays: number, dataEnd: Day): Result[] {
  return [
    ...outcomes.map((key) => outcomeResult(facts, key)),
    {
      key: "reopened",
      answers: answersOf(facts, (row) => (facts.reopenings[row] === 0 ? null : facts.reopenings[row]! > 1)),
    },
    { key: "repeat", answers: repeats(facts, repeatDays, dataEnd) },
  ];
}

/** Whether it ended so; unknown where its outcome is. Cost: one pass. */
export function outcomeResult(facts: Facts, key: Outcome): Result {
  const { outcome } = facts.codes;
  return {
    key,
    answers: answersOf(facts, (row) => (outcome[row] === 0 ? null : outcome[row] === outcomeCode(key))),
  };
}

/** Backwards, so that the next case of a customer and cause is met before the one that it repeats. */
function repeats(facts: Facts, repeatDays: number, dataEnd: Day): Answers {
  const { cause } = facts.codes;
  const gapToNext = new Int32Array(facts.size).fill(neverBefore);
  const nextOf = new Map<number, number>();
  for (let row = facts.size - 1; row >= 0; row--) {
    if (facts.customer[row] === 0 || cause[row] === 0) continue;
    const key = facts.customer[row]! * facts.causes.length + cause[row]!;
    const next = nextOf.get(key);
    if (next !== undefined) gapToNext[row] = facts.incidenceDay[next]! - facts.incidenceDay[row]!;
    nextOf.set(key, row);
  }
  return answersOf(facts, (row) => {
    if (facts.customer[row] === 0 || cause[row] === 0) return null;
    if (gapToNext[row]! <= repeatDays) return true;
    return facts.incidenceDay[row]! + repeatDays < dataEnd ? false : null;
  });
}
