import { bisectRight } from "d3-array";
import type { Facts } from "../facts/facts.ts";
import type { Clause } from "../filter/filter.ts";
import { select } from "../filter/select.ts";
import { lengthInDays, monthsOf, type Period, shiftMonths } from "../period.ts";
import { adjacentDispersion } from "../statistics/adjacent-dispersion.ts";
import { shrunkDispersions } from "../statistics/shrunk-dispersions.ts";

/** How far back the months go that tell how much counts vary. */
const monthsBack = 24;

/**
 * By how much the counts of each cause vary beyond a Poisson's from one period of `months` months to the next, by code;
 * each >= 1. It is learned from the whole months before `end` that the data cover, at most 24: how much the months of
 * the cause vary (shrunk over all causes, from the first month in which it was seen), times how much more periods vary
 * than months over all causes together, which is where neighbouring months depend on each other. Without such a history it is 1:
 * the counts are then taken for Poisson's.
 * Cost: one pass over those months' cases.
 */
export function causeDispersions(
  facts: Facts,
  end: number,
  months: number,
  clauses: readonly Clause[],
): number[] {
  const history = coveredMonths(facts, end, months);
  const counts = countByMonth(facts, history, clauses);
  const days = history.map(lengthInDays);
  const monthly = shrunkDispersions(counts.map((series) => dispersionSinceFirst(series, days)));
  const periodDays = sumsOf(days, months);
  const byPeriod = shrunkDispersions(
    counts.map((series) => dispersionSinceFirst(sumsOf(series, months), periodDays)),
  );
  const more = Math.max(1, atLeastOne(byPeriod.common) / atLeastOne(monthly.common));
  return monthly.phis.map((phi) => phi * more);
}

function atLeastOne(dispersion: number | null): number {
  return Math.max(1, dispersion ?? 1);
}

/** The last months before `end`, a multiple of `months` of them, that begin no earlier than the data do. */
function coveredMonths(facts: Facts, end: number, months: number): Period[] {
  const firstDay = facts.incidenceDay[0] ?? end;
  const start = Math.max(firstDay, shiftMonths(end, -monthsBack));
  const whole = monthsOf({ start, end }).filter((month) => month.start >= start);
  return whole.slice(whole.length % months);
}

/** counts[code][month]. */
function countByMonth(facts: Facts, history: readonly Period[], clauses: readonly Clause[]): number[][] {
  const counts = facts.causes.map(() => history.map(() => 0));
  const [first, last] = [history[0], history.at(-1)];
  if (first === undefined || last === undefined) return counts;
  const starts = history.map(({ start }) => start);
  for (const row of select(facts, { start: first.start, end: last.end }, "incidence", clauses)) {
    const code = facts.codes.cause[row] ?? 0;
    if (code > 0) counts[code]![bisectRight(starts, facts.incidenceDay[row]!) - 1]! += 1;
  }
  return counts;
}

/** That a cause appears is news, not its usual variation. */
function dispersionSinceFirst(counts: readonly number[], days: readonly number[]) {
  const first = counts.findIndex((count) => count > 0);
  return first === -1 ? null : adjacentDispersion(counts.slice(first), days.slice(first));
}

/** Sums of each `size` neighbours. */
function sumsOf(values: readonly number[], size: number): number[] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size).reduce((sum, value) => sum + value, 0),
  );
}
