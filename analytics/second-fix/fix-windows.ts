import type { Day, Period } from "../period.ts";

/** The days of a second fix that its effectiveness check rests on; they are immutable once the fix is in place. */
export interface FixDates {
  /** The day of the call to fix this cause. */
  decidedOn: Day;
  /** First and last day on which the fix was put in place; often the same day. */
  implementedFrom: Day;
  implementedTo: Day;
  /** So many days from `implementedTo` on belong to neither side; 14 where nothing else was said. */
  washInDays: number;
  /** The first look; only harm may close the matter then. */
  checkOn: Day;
  /** Half-open: the second look, and the last. */
  windowEnd: Day;
}

/** Whole weeks, counted from the fix: those before end with the day before it, those after begin when it has washed in. */
export interface FixWindows {
  before: Period;
  after: Period;
}

const mostWeeksBefore = 104;

/**
 * The weeks before and after a second fix. What does not fill a week belongs to neither side.
 * @param data the days that the data tell of. Where a source exports no open cases, it must end the 95th percentile of the
 * days to resolution earlier: the newest cases are not there yet, and every fix would look good
 */
export function fixWindows(dates: FixDates, data: Period): FixWindows {
  checkDates(dates);
  const weeksBefore = Math.min(mostWeeksBefore, wholeWeeks(data.start, dates.implementedFrom));
  const start = afterStart(dates);
  const weeksAfter = wholeWeeks(start, Math.min(data.end, dates.windowEnd));
  return {
    before: { start: dates.implementedFrom - 7 * weeksBefore, end: dates.implementedFrom },
    after: { start, end: start + 7 * weeksAfter },
  };
}

/** The first day on which a case counts as "since the fix". */
export function afterStart(dates: FixDates): Day {
  return dates.implementedTo + dates.washInDays;
}

/** How many whole weeks lie in [start, end); none where `end` lies earlier. */
export function wholeWeeks(start: Day, end: Day): number {
  return Math.max(0, Math.floor((end - start) / 7));
}

function checkDates(dates: FixDates): void {
  const { decidedOn, implementedFrom, implementedTo, washInDays, checkOn, windowEnd } = dates;
  const order = [decidedOn, implementedFrom, implementedTo, implementedTo + washInDays, checkOn, windowEnd];
  if (!order.every((day, i) => Number.isInteger(day) && (i === 0 || day >= order[i - 1]!)))
    throw new RangeError(
      `fixWindows: expected whole days, call <= fix <= end of wash-in <= check <= window end, got ${order.join(", ")}`,
    );
}
