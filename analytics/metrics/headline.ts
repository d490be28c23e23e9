import { type Outcome, outcomes, statuses } from "../case.ts";
import { type Facts, outcomeCode } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { reopened } from "../repeats/reopened.ts";
import { repeatContacts } from "../repeats/repeat-contacts.ts";
import { type CustomerCount, countByCode, countCustomers } from "./counts.ts";
import { type Share, shareOf } from "./share.ts";

/** A repeat contact is the same customer with the same cause again within this many days. Set once, printed. */
export const repeatWindowDays = 30;
const openCode = statuses.indexOf("open") + 1;

/** The figures at the head of a page. Every share says how many cases could answer its question. */
export interface Headline {
  /** Incidence cohort. */
  cases: number;
  open: number;
  /** Who brought the cases, as far as that is known. */
  customers: CustomerCount;
  /** Cases that are assigned to a cause, of all cases. */
  causeKnown: Share;
  /** Cases that joined their cause by their contact reason alone, of those with a cause: a reason is not a cause. */
  causeByReason: Share;
  /** Same customer, same cause, within `repeatWindowDays`; of the cases that can tell (`repeatContacts`). */
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
  const { status, cause } = facts.codes;
  const causeKnown = incidence.length - countByCode(cause, incidence, facts.causes.length)[0]!;
  const causeByReason = countByCode(facts.joinedByReason, incidence, 2)[1]!;
  const byOutcome = countByCode(facts.codes.outcome, resolved, outcomes.length + 1);
  const withOutcome = (outcome: Outcome) =>
    shareOf(byOutcome[outcomeCode(outcome)] ?? 0, resolved.length - (byOutcome[0] ?? 0));
  return {
    cases: incidence.length,
    open: countByCode(status, incidence, statuses.length + 1)[openCode]!,
    customers: countCustomers(facts, incidence),
    causeKnown: shareOf(causeKnown, incidence.length),
    causeByReason: shareOf(causeByReason, causeKnown),
    repeatContact: repeatContacts(facts, incidence, repeatWindowDays).share,
    resolved: resolved.length,
    restored: withOutcome("restored"),
    disputed: withOutcome("disputed"),
    parted: withOutcome("parted"),
    reopened: reopened(facts, resolved).share,
  };
}
