import type { Interval } from "./interval.ts";
import { wilson } from "./wilson.ts";

/**
 * 95 % interval of the difference of two independent shares, share A less share B, by their Wilson limits.
 * `null` where one of the two has no case: there is no share to take from the other.
 * Source: Newcombe 1998, Statistics in Medicine 17:873-890, method 10.
 * @param hitsA cases with the property, 0..nA
 * @param nA cases in all
 * @param hitsB the same of the other group
 */
export function newcombeDifference(hitsA: number, nA: number, hitsB: number, nB: number): Interval | null {
  const [a, b] = [wilson(hitsA, nA), wilson(hitsB, nB)];
  if (a === null || b === null) return null;
  const [shareA, shareB] = [hitsA / nA, hitsB / nB];
  const difference = shareA - shareB;
  return {
    low: difference - Math.hypot(shareA - a.low, b.high - shareB),
    high: difference + Math.hypot(a.high - shareA, shareB - b.low),
  };
}
