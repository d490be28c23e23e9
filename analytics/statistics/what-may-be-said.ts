import type { Interval } from "./interval.ts";

/** `count`: the number alone. `rate`: also the rates and their ratio, with its interval. `verb`: also "rose" or "fell". */
export type Saying = "count" | "rate" | "verb";

export const fewestForRate = 5;
export const fewestForVerb = 30;

/**
 * How much a pair of periods may be made to say. Below 5 cases the count alone; from 5 a rate with its interval, where
 * there is an exposure to take it of; from 30 also a verb, where the interval leaves out 1. Where several pairs stand on
 * one page a verb must pass the test of that family as well (`benjaminiHochberg`), which is the stricter one.
 * Source: the product's display rule (docs/decisions/004), after Public Health England's small-number guidance.
 * @param count the larger of the two periods' counts
 * @param exposure the smaller of their exposures (days, orders, contacts); `null` or 0: not known, and so there is no rate
 * @param interval 95 % of the ratio of the two rates; `null`: there is none
 */
export function whatMayBeSaid(count: number, exposure: number | null, interval: Interval | null): Saying {
  if (!(count >= 0)) throw new RangeError(`whatMayBeSaid: expected a count >= 0, got ${count}`);
  if (count < fewestForRate || exposure === null || exposure <= 0 || interval === null) return "count";
  if (count < fewestForVerb) return "rate";
  return interval.low > 1 || interval.high < 1 ? "verb" : "rate";
}
