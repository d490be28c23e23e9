import { type Facts, outcomeCode } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { type Share, shareOf } from "./share.ts";

/** A repeat contact is the same customer with the same cause again within this many days. Set once, printed. */
export const repeatWindowDays = 30;

/** The figures at the head of a page. Every share says how many cases could answer its question. */
export interface Headline {
  /** Incidence cohort. */
  cases: number;
  open: number;
  /** Cases that are assigned to a cause, of all cases. */
  causeKnown: Share;
  /** Same customer, same cause, within `repeatWindowDays`; of the cases whose customer and cause are known. */
  repeatContact: Share;
  /** Outcome cohort: resolved cases. */
  resolved: number;
  /** Of the resolved cases whose outcome is known. */
  restored: Share;
  disputed: Share;
  parted: Share;
  /** Of the resolved cases whose count of reopenings is known. */
  reopened: Share;
}

/**
 * @param incidence cases by the day they happened
 * @param resolved cases by the day they were resolved
 */
export function headline(facts: Facts, incidence: Selection, resolved: Selection): Headline {
  const count = (rows: Selection, test: (row: number) => boolean) =>
    rows.reduce((sum, row) => sum + (test(row) ? 1 : 0), 0);
  const { outcome, cause, status } = facts.codes;
  const outcomeKnown = count(resolved, (row) => outcome[row] !== 0);
  const withOutcome = (code: number) => shareOf(count(resolved, (row) => outcome[row] === code), outcomeKnown);
  const canRepeat = (row: number) => cause[row] !== 0 && facts.customer[row] !== 0;
  return {
    cases: incidence.length,
    open: count(incidence, (row) => status[row] === 1),
    causeKnown: shareOf(count(incidence, (row) => cause[row] !== 0), incidence.length),
    repeatContact: shareOf(
      count(incidence, (row) => canRepeat(row) && (facts.daysSincePrevious[row] ?? 0) <= repeatWindowDays),
      count(incidence, canRepeat),
    ),
    resolved: resolved.length,
    restored: withOutcome(outcomeCode("restored")),
    disputed: withOutcome(outcomeCode("disputed")),
    parted: withOutcome(outcomeCode("parted")),
    reopened: shareOf(
      count(resolved, (row) => (facts.reopenings[row] ?? 0) > 1),
      count(resolved, (row) => facts.reopenings[row] !== 0),
    ),
  };
}
