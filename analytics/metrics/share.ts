import type { Interval } from "../statistics/interval.ts";
import { wilson } from "../statistics/wilson.ts";

/** A share with what it rests on: `hits` of `n`, and the 95 % Wilson interval. `null` where `n` is 0. */
export interface Share {
  hits: number;
  n: number;
  share: number | null;
  interval: Interval | null;
}

export function shareOf(hits: number, n: number): Share {
  return { hits, n, share: n === 0 ? null : hits / n, interval: wilson(hits, n) };
}
