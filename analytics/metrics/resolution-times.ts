import { type Facts, stillOpen } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import type { Day } from "../period.ts";
import {
  kaplanMeier,
  type SurvivalQuantile,
  survivalOf,
  survivalQuantile,
} from "../statistics/kaplan-meier.ts";
import { inLogBins } from "../statistics/log-bins.ts";
import { type Group, groupsOf, rowsByGroup } from "./groups.ts";

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
 * Cost: two passes, and a sort a group; of a group of more than 50,000 cases one pass more, and its quantiles come from
 * bins (`inLogBins`), within .5 % of the sorted ones.
 */
export function resolutionTimesBy(
  facts: Facts,
  incidence: Selection,
  dimension: FilterDimension,
  through: Day,
): GroupTimes[] {
  const groups = groupsOf(facts, dimension);
  const rowsOf = rowsByGroup(facts, incidence, dimension);
  return groups
    .map((group, index) => ({ group, ...timesOf(facts, rowsOf[index]!, through) }))
    .filter(({ resolved }) => resolved > 0)
    .sort(
      (a, b) =>
        Number(a.group.value === null) - Number(b.group.value === null) ||
        b.cases - a.cases ||
        (a.group.label < b.group.label ? -1 : 1),
    );
}

/** Up to so many cases their times are sorted; those of more are counted in bins. */
const mostSorted = 50_000;

/** The same for all of some cases together. */
export function timesOf(facts: Facts, rows: Selection, through: Day): Omit<GroupTimes, "group"> {
  const { days, ended, count, resolved } = durationsOf(facts, rows, through);
  const [durations, ends] = [days.subarray(0, count), ended.subarray(0, count)];
  const curve = count > mostSorted ? survivalOf(inLogBins(durations, ends)) : kaplanMeier(durations, ends);
  return {
    cases: rows.length,
    resolved,
    open: count - resolved,
    median: survivalQuantile(curve, 0.5),
    p90: survivalQuantile(curve, 0.9),
  };
}

function durationsOf({ outcomeDay, incidenceDay, daysToResolve }: Facts, rows: Selection, through: Day) {
  const days = new Float64Array(rows.length);
  const ended = new Uint8Array(rows.length);
  let [count, resolved] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const isOpen = outcomeDay[row] === stillOpen;
    const duration = isOpen ? through - incidenceDay[row]! : daysToResolve[row]!;
    if (Number.isNaN(duration)) continue;
    days[count] = Math.max(0, duration);
    ended[count++] = isOpen ? 0 : 1;
    resolved += isOpen ? 0 : 1;
  }
  return { days, ended, count, resolved };
}
