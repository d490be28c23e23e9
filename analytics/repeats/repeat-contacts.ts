import type { Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { type Share, shareOf } from "../metrics/share.ts";

/** A share with the cases that cannot tell, which are in neither of its numbers. */
export interface RepeatContacts {
  share: Share;
  /** Cases whose customer or cause is not known: nobody is no customer. */
  unknown: number;
  /** Cases of the first days of the data: whether the customer had come shortly before is not on record. */
  tooEarly: number;
}

/**
 * The second of the three repeats: the same customer with the same cause again within some days, the day of the first not
 * counted. It is the later case that counts, so the first may lie before the rows. Of the cases whose customer and
 * cause are known, and before which the data reach back so many days.
 * @param incidence cases by the day they happened
 * @param withinDays the product's N, set once and printed
 * Cost: one pass.
 */
export function repeatContacts(
  facts: Pick<Facts, "customer" | "daysSincePrevious" | "incidenceDay" | "codes">,
  incidence: Selection,
  withinDays: number,
): RepeatContacts {
  const knownFrom = (facts.incidenceDay[0] ?? 0) + withinDays;
  const counts = { known: 0, again: 0, unknown: 0, tooEarly: 0 };
  for (const row of incidence) {
    if (facts.customer[row] === 0 || facts.codes.cause[row] === 0) counts.unknown++;
    else if (facts.incidenceDay[row]! < knownFrom) counts.tooEarly++;
    else {
      counts.known++;
      if (facts.daysSincePrevious[row]! <= withinDays) counts.again++;
    }
  }
  const { known, again, unknown, tooEarly } = counts;
  return { share: shareOf(again, known), unknown, tooEarly };
}
