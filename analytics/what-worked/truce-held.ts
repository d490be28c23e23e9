import { type Share, shareOf } from "../metrics/share.ts";
import type { Day } from "../period.ts";

/** What broke the peace after a settlement. */
export type TruceBreak = "reopened" | "repeat_contact" | "public_message";
export const truceBreaks: readonly TruceBreak[] = ["reopened", "repeat_contact", "public_message"];

/** One case with the outcome `settled`: closed, with no sign either way. */
export interface SettledCase {
  settledOn: Day;
  /**
   * Days from the settlement to the first such sign; Infinity where it is known that there was none, `null` where that is
   * not known. A public message after the resolution of which the source tells no day is 0 days away: it did break the peace.
   */
  daysTo: Readonly<Record<TruceBreak, number | null>>;
}

export interface TruceHeld {
  /** Of the cases whose days are over and of which all three signs are known: those with none of them. */
  held: Share;
  /** Cases whose days are not over, broken or not: the quiet ones among them can't be counted yet, so nor are the others. */
  waiting: number;
  /** Cases whose days are over, but of which a sign is not known. */
  unknown: number;
  /** How often each sign came, of the cases whose days are over and of which this one is known. */
  brokenBy: Record<TruceBreak, { share: Share; unknown: number }>;
}

/**
 * How many settlements held: no reopening, no repeat of the same customer and cause, no public message for so many days.
 * A case of which one sign is unknown is left out even where another sign broke it: else a source that is silent about one sign
 * would have its broken cases counted and its quiet ones not, and no truce would seem to hold. Source: PRODUCT §8. Cost: n.
 * @param quietDays the day of the settlement not counted, the last one included
 * @param dataEnd the first day that the data do not cover
 */
export function truceHeld(cases: readonly SettledCase[], quietDays: number, dataEnd: Day): TruceHeld {
  const over = cases.filter(({ settledOn }) => settledOn + quietDays < dataEnd);
  const known = over.filter(({ daysTo }) => truceBreaks.every((sign) => daysTo[sign] !== null));
  const quiet = known.filter(({ daysTo }) => truceBreaks.every((sign) => daysTo[sign]! > quietDays));
  const brokenBy = (sign: TruceBreak) => {
    const days = over.map(({ daysTo }) => daysTo[sign]).filter((value) => value !== null);
    const hits = days.filter((value) => value <= quietDays).length;
    return { share: shareOf(hits, days.length), unknown: over.length - days.length };
  };
  return {
    held: shareOf(quiet.length, known.length),
    waiting: cases.length - over.length,
    unknown: over.length - known.length,
    brokenBy: {
      reopened: brokenBy("reopened"),
      repeat_contact: brokenBy("repeat_contact"),
      public_message: brokenBy("public_message"),
    },
  };
}
