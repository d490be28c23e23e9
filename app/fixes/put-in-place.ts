import { type Day, formatDay, parseDay } from "#analytics/period.ts";
import { dateText } from "#app/format.ts";

/** What was typed of the days on which a fix was put in place. */
export interface PutInPlaceForm {
  from: string;
  till: string;
}

export type ReadPutInPlace =
  | { days: { from: Day; till: Day }; problem: null }
  | { days: null; problem: string };

/**
 * The days on which a fix was put in place, in order with its check, or a sentence about the first that is not. A last day
 * that was left out is the first.
 */
export function readPutInPlace(
  { from: typedFrom, till: typedTill }: PutInPlaceForm,
  check: { openedOn: Day; washInDays: number; checkOn: Day; windowEnd: Day; today: Day },
): ReadPutInPlace {
  const [from, till] = [parseDay(typedFrom), parseDay(typedTill || typedFrom)];
  const no = (problem: string): ReadPutInPlace => ({ days: null, problem });
  if (from === null) return no(`The day of the fix is “${typedFrom}”. Expected a date like 2026-12-15.`);
  if (till === null)
    return no(`The last day of the fix is “${typedTill}”. Expected a date like 2026-12-15, or nothing.`);
  const { openedOn, washInDays, checkOn, windowEnd, today } = check;
  const text = (day: Day) => dateText(formatDay(day));
  if (from < openedOn)
    return no(
      `The fix can't have been put in place on ${text(from)}: the call to fix this cause is of ${text(openedOn)}. Mend the day of the fix.`,
    );
  if (till < from)
    return no(`The last day, ${text(till)}, is before the first, ${text(from)}. Mend one of them.`);
  if (till > today)
    return no(
      `${text(till)} is still to come. Say that the fix is in place when it is: expected a day up to ${text(today)}.`,
    );
  const washedIn = till + washInDays;
  if (checkOn < washedIn)
    return no(
      `The check date, ${text(checkOn)}, is before the end of the wash-in, ${text(washedIn)}. Mend the check first: a check date from ${text(washedIn)} on, or a shorter wash-in.`,
    );
  if (windowEnd < checkOn)
    return no(
      `The window ends on ${text(windowEnd)}, before the check date, ${text(checkOn)}. Mend the check first.`,
    );
  return { days: { from, till }, problem: null };
}
