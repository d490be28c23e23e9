import type { Facts } from "../facts/facts.ts";
import type { Cohort } from "./filter.ts";
import type { Selection } from "./select.ts";

/**
 * The selected cases in the order of their cohort's day, those of one day in the order of their rows: what a list shows.
 * Cost: none for incidence, whose order the rows have; for outcomes two passes (a counting sort by day).
 * @param rows of the cohort: of outcomes, resolved cases only
 */
export function inOrder(
  { outcomeDay }: Pick<Facts, "outcomeDay">,
  rows: Selection,
  cohort: Cohort,
): Selection {
  if (cohort === "incidence" || rows.length === 0) return rows;
  const first = rows.reduce((least, row) => Math.min(least, outcomeDay[row]!), Number.POSITIVE_INFINITY);
  const last = rows.reduce((most, row) => Math.max(most, outcomeDay[row]!), first);
  const placeOf = new Uint32Array(last - first + 2);
  for (const row of rows) placeOf[outcomeDay[row]! - first + 1]!++;
  for (let day = 1; day < placeOf.length; day++) placeOf[day]! += placeOf[day - 1]!;
  const ordered = new Uint32Array(rows.length);
  for (const row of rows) ordered[placeOf[outcomeDay[row]! - first]!++] = row;
  return ordered;
}
