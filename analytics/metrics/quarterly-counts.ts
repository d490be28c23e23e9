import type { Facts } from "../facts/facts.ts";
import { type Clause } from "../filter/filter.ts";
import { select } from "../filter/select.ts";
import { monthsBefore, type Period } from "../period.ts";

/**
 * Cases in each of the `quarters` periods of three months that end with `last`, oldest first, by incidence day.
 * `null` where the data do not reach back to the period's first day: not measured, which is not zero.
 */
export function quarterlyCounts(
  facts: Facts,
  last: Period,
  quarters: number,
  clauses: readonly Clause[],
): (number | null)[] {
  const firstDay = facts.incidenceDay[0] ?? last.end;
  return Array.from({ length: quarters }, (_, i) => {
    const period = monthsBefore(last, 3 * (quarters - 1 - i));
    return period.start < firstDay ? null : select(facts, period, "incidence", clauses).length;
  });
}
