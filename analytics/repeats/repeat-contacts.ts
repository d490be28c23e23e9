import { bisectLeft, sum } from "d3-array";
import { type Facts, neverBefore, nobodyKnown } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { countByCode } from "../metrics/counts.ts";
import { type Share, shareOf } from "../metrics/share.ts";

/** A share with the cases that cannot tell, which are in neither of its numbers. */
export interface RepeatContacts {
  share: Share;
  /** Cases whose customer or cause is not known: nobody is no customer. */
  unknown: number;
  /** Cases of the first days of the data: whether the customer had come shortly before is not on record. */
  tooEarly: number;
}

const gapCodes = neverBefore + 1;

/**
 * The second of the three repeats: the same customer with the same cause again within some days, the day of the first not
 * counted. It is the later case that counts, so the first may lie before the rows. Of the cases whose customer and
 * cause are known, and before which the data reach back so many days.
 * @param incidence cases by the day they happened
 * @param withinDays the product's N, set once and printed
 * Cost: one pass.
 */
export function repeatContacts(
  facts: Pick<Facts, "daysSincePrevious" | "incidenceDay">,
  incidence: Selection,
  withinDays: number,
): RepeatContacts {
  const { daysSincePrevious, incidenceDay } = facts;
  const knownFrom = bisectLeft(incidenceDay, (incidenceDay[0] ?? 0) + withinDays);
  const early = incidence.subarray(0, bisectLeft(incidence, knownFrom));
  const gaps = countByCode(daysSincePrevious, incidence.subarray(early.length), gapCodes);
  const earlyGaps = countByCode(daysSincePrevious, early, gapCodes);
  const again = sum(gaps.subarray(0, withinDays + 1));
  const unknown = gaps[nobodyKnown]! + earlyGaps[nobodyKnown]!;
  const tooEarly = early.length - earlyGaps[nobodyKnown]!;
  const known = incidence.length - unknown - tooEarly;
  return { share: shareOf(again, known), unknown, tooEarly };
}
