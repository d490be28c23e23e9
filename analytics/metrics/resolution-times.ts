import { type Facts, stillOpen } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import type { Day } from "../period.ts";
import { kaplanMeier, type SurvivalQuantile, survivalQuantile } from "../statistics/kaplan-meier.ts";
import { type Group, groupsOf, visitGroups } from "./groups.ts";

export interface GroupTimes {
  group: Group;
  /** Cases of the group. */
  cases: number;
  /** Of these, resolved ones whose time to resolve is known. */
  resolved: number;
  /** Open ones: known to take longer than they have taken so far. */
  open: number;
  /** Days by which half, and nine tenths, of the cases are resolved. */
  median: SurvivalQuantile;
  p90: SurvivalQuantile;
}

/**
 * Times to resolve by a dimension, in days. Cases that are open are censored at the last day of the data, never closed
 * "now" and never left out: to leave them out would make a growing pile look quick. Resolved cases without both times
 * tell nothing, and are in `cases` only. Groups without a time are left out; largest first, unknown last.
 * @param incidence cases by the day they happened
 * @param through the last day that the data cover
 * Cost: one pass, and a sort a group.
 */
export function resolutionTimesBy(
  facts: Facts,
  incidence: Selection,
  dimension: FilterDimension,
  through: Day,
): GroupTimes[] {
  const groups = groupsOf(facts, dimension);
  const rowsOf = groups.map((): number[] => []);
  visitGroups(facts, incidence, dimension, (row, index) => rowsOf[index]?.push(row));
  return groups
    .map((group, index) => ({ group, ...timesOf(facts, rowsOf[index] ?? [], through) }))
    .filter(({ resolved }) => resolved > 0)
    .sort(
      (a, b) =>
        Number(a.group.value === null) - Number(b.group.value === null) ||
        b.cases - a.cases ||
        (a.group.label < b.group.label ? -1 : 1),
    );
}

/** The same for all of some cases together. */
export function timesOf(facts: Facts, rows: ArrayLike<number>, through: Day): Omit<GroupTimes, "group"> {
  const durations: number[] = [];
  const ended: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const isOpen = facts.outcomeDay[row] === stillOpen;
    const days = isOpen ? through - (facts.incidenceDay[row] ?? 0) : (facts.daysToResolve[row] ?? Number.NaN);
    if (Number.isNaN(days)) continue;
    durations.push(Math.max(0, days));
    ended.push(isOpen ? 0 : 1);
  }
  const curve = kaplanMeier(Float64Array.from(durations), Uint8Array.from(ended));
  const resolved = ended.reduce((sum, end) => sum + end, 0);
  return {
    cases: rows.length,
    resolved,
    open: ended.length - resolved,
    median: survivalQuantile(curve, 0.5),
    p90: survivalQuantile(curve, 0.9),
  };
}
