/**
 * How much a pair of periods may be made to say, by the larger of their two counts: below 5 the count alone,
 * from 5 a rate with its interval, from 30 a verb as well (which must still pass its test).
 * Source: the product's display rule (docs/decisions/004), after Public Health England's small-number guidance.
 */
export type Saying = "count" | "rate" | "verb";

export const fewestForRate = 5;
export const fewestForVerb = 30;

/** @param largestCount the larger of the two periods' counts */
export function whatMayBeSaid(largestCount: number): Saying {
  if (largestCount < fewestForRate) return "count";
  return largestCount < fewestForVerb ? "rate" : "verb";
}
