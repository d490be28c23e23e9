import type { Facts } from "../facts/facts.ts";
import type { Clause } from "../filter/filter.ts";
import { select } from "../filter/select.ts";
import { repeatWindowDays } from "../metrics/headline.ts";
import { monthsBefore, type Period } from "../period.ts";
import { bursts, type CauseBurst } from "./bursts.ts";

/**
 * The bursts of a period as pages look for them: within the product's 30 days, against each cause's share of all cases since a
 * year before the period. `null`: see `bursts`; a period shorter than 30 days throws. Source: PRODUCT §5, §6.
 * Cost: `bursts`, some 0.1 s over 10,000 cases and 0.5 s over 100,000; and 0.3 s more for each cause of 1,000 cases whose
 * burst is real, since its p takes all rounds.
 */
export function periodBursts(facts: Facts, period: Period, clauses: readonly Clause[]): CauseBurst[] | null {
  const usualFrom = monthsBefore(period, 12).start;
  const rows = select(facts, { start: usualFrom, end: period.end }, "incidence", clauses);
  return bursts(facts, rows, { period, usualFrom, withinDays: repeatWindowDays, seed: 1 });
}
