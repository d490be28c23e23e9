import type { Facts } from "../facts/facts.ts";
import type { Day } from "../period.ts";

/** What is counted of some cases that are alike. No rate and no trend: so few cases bear none. */
export interface GroupFigures {
  cases: number;
  /** Distinct ones among the cases whose customer is known; `null`: none is. */
  customers: number | null;
  /** How many cases that rests on. */
  customerKnown: number;
  /** By the day they happened; `null`: there is no case. */
  firstDay: Day | null;
  latestDay: Day | null;
}

/** @param rows in any order, each once */
export function groupFigures({ customer, incidenceDay }: Facts, rows: readonly number[]): GroupFigures {
  const known = rows.flatMap((row) => (customer[row]! > 0 ? [customer[row]!] : []));
  const days = rows.map((row) => incidenceDay[row]!);
  const dayOf = (choose: (one: number, two: number) => number) =>
    days.reduce<Day | null>((best, day) => (best === null ? day : choose(best, day)), null);
  return {
    cases: rows.length,
    customers: known.length === 0 ? null : new Set(known).size,
    customerKnown: known.length,
    firstDay: dayOf(Math.min),
    latestDay: dayOf(Math.max),
  };
}
