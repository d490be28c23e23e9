import type { Day, Period } from "../period.ts";

/** How many of some cases, by their local days, lie in a period. Cost: one pass. */
export function countWithin(cases: ArrayLike<Day>, { start, end }: Period): number {
  let count = 0;
  for (let i = 0; i < cases.length; i++) if (cases[i]! >= start && cases[i]! < end) count++;
  return count;
}
