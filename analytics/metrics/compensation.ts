import { compensationAt, type Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";

export interface Compensation {
  /** Minor units of `facts.currency`. */
  totalMinor: number;
  /** Cases whose compensation is known: what the total rests on. */
  known: number;
  /** All cases that were looked at. */
  n: number;
}

/** What was paid over the selected cases; `null` where no amount is known or amounts have several currencies. */
export function compensation(facts: Facts, rows: Selection): Compensation | null {
  if (facts.currency === null) return null;
  let totalMinor = 0;
  let known = 0;
  for (const row of rows) {
    const amount = compensationAt(facts, row);
    if (amount === null) continue;
    totalMinor += amount;
    known += 1;
  }
  return known === 0 ? null : { totalMinor, known, n: rows.length };
}
