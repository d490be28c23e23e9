import type { VerdictOfChange } from "#analytics/second-fix/verdict-of-change.ts";

/** What a person may say in place of the statistics. */
export const verdictsOfPeople: readonly VerdictOfChange[] = [
  "effective",
  "partially_effective",
  "not_effective",
  "harmful",
  "inconclusive",
];
