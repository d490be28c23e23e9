import type { CauseFact, Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import type { Day, Period } from "../period.ts";
import { betaTails } from "../statistics/beta.ts";
import { scanFamily } from "../statistics/scan-family.ts";
import type { ScanResult } from "../statistics/scan-statistic.ts";
import { fewestForRate } from "../statistics/what-may-be-said.ts";

export interface BurstSearch {
  /** Where bursts are looked for: windows lie within it. */
  period: Period;
  /** The days from here to the period say what share of all cases is usual for a cause. */
  usualFrom: Day;
  /** The product's N: days of a window, and within which a customer's next case is a repeat contact. */
  withinDays: number;
  seed: number;
}

/** The days on which a cause stands out most. Whether it is a burst, `p` says with those of all other causes of the page. */
export interface CauseBurst {
  cause: CauseFact;
  /** The window; `null`: none has five customers, and half as many again as usual. */
  window: Period | null;
  /** Distinct customers in it. */
  customers: number;
  /** Customers that the cause would have brought beside the others of the window, at its share of all other days. */
  expected: number;
  /** The greater of two probabilities: of any such window in the period if the share never changed, and if it were as a year before. */
  p: number;
  /** The cause's cases of the period of which the customer is not known: no one of them is counted. */
  unknownCustomers: number;
}

/** Fewer than half as many again as usual are what a slow drift brings. */
const leastLift = 1.5;
const daysOfYear = 365;
/** Less of a usual time, in windows, says nothing about a share. */
const fewestUsualWindows = 3;

/**
 * The third of the three repeats: one cause at distinct customers within N days, more than its usual share of all
 * cases brings, and than the same days of the year before brought: what is permanently large, or comes with each year, is none.
 * A case counts if its customer is known and has not had the same cause
 * within N days (that is a repeat contact), so within a window no customer counts twice. Every cause that was seen in
 * the period has a p value, also where it can be no burst: they are one family for Benjamini & Hochberg. Cases lie on
 * the day they happened, so a load of history moves no burst into the present; `null`: before the period the data do
 * not reach back three windows, or no customer of the period is known, and nothing can be said.
 * @param rows cases by the day they happened, from `usualFrom` to the period's end, filtered alike
 * Cost: one pass, and one `scanStatistic` a cause (`scanFamily`).
 */
export function bursts(
  facts: Pick<Facts, "customer" | "daysSincePrevious" | "incidenceDay" | "codes" | "causes">,
  rows: Selection,
  { period, usualFrom, withinDays, seed }: BurstSearch,
): CauseBurst[] | null {
  if (period.end - period.start < withinDays)
    throw new RangeError(
      `bursts: expected a period of ${withinDays} days or more, got ${period.end - period.start}`,
    );
  const start = Math.max(usualFrom, facts.incidenceDay[0] ?? period.start);
  if (period.start - start < fewestUsualWindows * withinDays) return null;
  const { population, causes } = countArrivals(facts, rows, { start, end: period.end }, withinDays);
  const from = period.start - start;
  if (sum(population.subarray(from)) === 0) return null;
  const seen = [...causes].flatMap(([code, { events, unknown }]) => {
    const cause = facts.causes[code];
    const unknownCustomers = sum(unknown.subarray(from));
    const isOfPeriod = sum(events.subarray(from)) + unknownCustomers > 0;
    return cause === undefined || !isOfPeriod ? [] : [{ cause, events, unknownCustomers }];
  });
  const results = scanFamily(
    seen.map(({ events }) => events),
    { population, from, width: withinDays, fewest: fewestForRate },
    seed,
  );
  return seen.map(({ cause, unknownCustomers }, i): CauseBurst => {
    const result = results[i] ?? null;
    if (result === null || result.events < leastLift * result.expected)
      return { cause, window: null, customers: 0, expected: 0, p: 1, unknownCustomers };
    const first = start + result.start;
    const window = { start: first, end: first + withinDays };
    const { events: customers, expected } = result;
    const p = Math.max(result.p, tailOfYearBefore(seen[i]!.events, population, result, withinDays));
    return { cause, window, customers, expected, p, unknownCustomers };
  });
}

/**
 * Probability of as many events in the window, given those in it and about the same days of the year before (a window more
 * on each side, for few say little), if both had one share of the others; 0 where the data do not reach back so far.
 * It is what keeps a season from being news each year.
 */
function tailOfYearBefore(
  events: Uint32Array,
  population: Uint32Array,
  { start, events: now }: ScanResult,
  days: number,
): number {
  const [from, to] = [Math.max(0, start - daysOfYear - days), start - daysOfYear + 2 * days];
  if (to <= 0) return 0;
  const then = sum(events.subarray(from, to));
  const othersThen = sum(population.subarray(from, to)) - then;
  const others = sum(population.subarray(start, start + days)) - now;
  if (others + othersThen === 0) return 0;
  return betaTails(others / (others + othersThen), now, then + 1).lower;
}

/** By day, index 0 is the first. */
interface Arrivals {
  /** Cases of a known customer that are no repeat contact. */
  events: Uint32Array;
  /** Cases without a known customer. */
  unknown: Uint32Array;
}

/** The first contacts of all cases, and those of each cause by its code, 0 left out. */
function countArrivals(
  facts: Pick<Facts, "customer" | "daysSincePrevious" | "incidenceDay" | "codes">,
  rows: Selection,
  { start, end }: Period,
  withinDays: number,
): { population: Uint32Array; causes: Map<number, Arrivals> } {
  const none = () => new Uint32Array(end - start);
  const population = none();
  const causes = new Map<number, Arrivals>();
  for (const row of rows) {
    const day = facts.incidenceDay[row]! - start;
    const isRepeat = facts.daysSincePrevious[row]! <= withinDays;
    if (day < 0 || day >= population.length || isRepeat) continue;
    const isKnown = facts.customer[row] !== 0;
    if (isKnown) population[day]!++;
    const code = facts.codes.cause[row]!;
    if (code === 0) continue;
    let ofCause = causes.get(code);
    if (ofCause === undefined) causes.set(code, (ofCause = { events: none(), unknown: none() }));
    (isKnown ? ofCause.events : ofCause.unknown)[day]!++;
  }
  return { population, causes };
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
