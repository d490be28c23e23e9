import type { Facts } from "#analytics/facts/facts.ts";
import { repeatWindowDays } from "#analytics/metrics/headline.ts";
import { lengthInDays } from "#analytics/period.ts";
import type { CauseBurst } from "#analytics/repeats/bursts.ts";
import { periodBursts } from "#analytics/repeats/period-bursts.ts";
import { comparedPeriods } from "./compared-periods.ts";
import { isCovered, type View } from "./view.ts";

type Found = CauseBurst[] | null;

/** Of the same columns the search has one result, and can take seconds: it is made once, however many screens show it. */
const foundIn = new WeakMap<Facts, Map<string, Found>>();
const mostHeld = 100;

/**
 * The bursts of a period, in the one family of tests with its movements, against each cause's share since a year before
 * it: one result for the summary, the review and its tables. `null`: nothing is compared in this period, it is shorter than
 * a window, the data don't reach back far enough, or no customer is known.
 * Cost: `periodBursts`, once for the same columns.
 */
export function causeBursts(view: View): Found {
  const { facts, period } = view;
  const { before } = comparedPeriods(period);
  const isCompared = !view.volumeIsArtefact && isCovered(view, period) && isCovered(view, before);
  if (!isCompared || lengthInDays(period) < repeatWindowDays) return null;
  const held = foundIn.get(facts) ?? new Map<string, Found>();
  foundIn.set(facts, held);
  const key = JSON.stringify([period.start, period.end, view.filter.clauses]);
  const known = held.get(key);
  if (known !== undefined) return known;
  const found = periodBursts(facts, period, view.filter.clauses);
  const [oldest] = held.keys();
  if (held.size >= mostHeld && oldest !== undefined) held.delete(oldest);
  held.set(key, found);
  return found;
}
