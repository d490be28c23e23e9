import { type Outcome, outcomes, statuses } from "../case.ts";
import { type Facts, outcomeCode } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { reopened } from "../repeats/reopened.ts";
import { repeatContacts } from "../repeats/repeat-contacts.ts";
import { type Share, shareOf } from "./share.ts";

/** A repeat contact is the same customer with the same cause again within this many days. Set once, printed. */
export const repeatWindowDays = 30;
const openCode = statuses.indexOf("open") + 1;

/** The figures at the head of a page. Every share says how many cases could answer its question. */
export interface Headline {
  /** Incidence cohort. */
  cases: number;
  open: number;
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
  const happened = countIncidence(facts, incidence);
  const byOutcome = countOutcomes(facts, resolved);
  const withOutcome = (outcome: Outcome) =>
    shareOf(byOutcome[outcomeCode(outcome)] ?? 0, resolved.length - (byOutcome[0] ?? 0));
  return {
    cases: incidence.length,
    open: happened.open,
    causeKnown: shareOf(happened.causeKnown, incidence.length),
    causeByReason: shareOf(happened.causeByReason, happened.causeKnown),
    repeatContact: repeatContacts(facts, incidence, repeatWindowDays).share,
    resolved: resolved.length,
    restored: withOutcome("restored"),
    disputed: withOutcome("disputed"),
    parted: withOutcome("parted"),
    reopened: reopened(facts, resolved).share,
  };
}

function countIncidence(facts: Facts, rows: Selection) {
  const { cause, status } = facts.codes;
  const counts = { open: 0, causeKnown: 0, causeByReason: 0 };
  for (const row of rows) {
    if (status[row] === openCode) counts.open++;
    if (cause[row] === 0) continue;
    counts.causeKnown++;
    counts.causeByReason += facts.joinedByReason[row] ?? 0;
  }
  return counts;
}

/** The resolved cases by the code of their outcome. */
function countOutcomes(facts: Facts, rows: Selection): Uint32Array {
  const byOutcome = new Uint32Array(outcomes.length + 1);
  for (const row of rows) byOutcome[facts.codes.outcome[row]!]!++;
  return byOutcome;
}
