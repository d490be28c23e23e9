import type { Interval } from "./interval.ts";
import { wilson } from "./wilson.ts";

export interface ShareDifference {
  /** First share less the second, -1..1. */
  difference: number;
  /** 95 % two-sided; cut at -1 and 1 by its making. */
  interval: Interval;
}

/** `hits` of `n` cases have the property. */
export interface Part {
  hits: number;
  n: number;
}

/**
 * Difference of two shares of different cases, with the interval that follows from the Wilson intervals of each.
 * `null` when one of the two has no cases.
 * Source: Newcombe 1998, Statistics in Medicine 17, 873-890, method 10.
 */
export function newcombeDifference(first: Part, second: Part): ShareDifference | null {
  const [one, other] = [wilson(first.hits, first.n), wilson(second.hits, second.n)];
  if (one === null || other === null) return null;
  const [p, q] = [first.hits / first.n, second.hits / second.n];
  return {
    difference: p - q,
    interval: {
      low: p - q - Math.hypot(p - one.low, other.high - q),
      high: p - q + Math.hypot(one.high - p, q - other.low),
    },
  };
}
