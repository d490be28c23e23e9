import { bisectRight } from "d3-array";
import { Temporal } from "temporal-polyfill";

const minuteMs = 60_000;
const daysAfterEnd = 120;
const opensAt = 8 * 60;
const closesAt = 20 * 60;

/**
 * The days of the simulation in the company's local time. A day is an index from 0, the first day of the data;
 * indices from `dayCount` on lie after the end (resolutions may fall there). Instants are UTC milliseconds.
 */
export type Calendar = {
  dayCount: number;
  /** Start of the first day, and start of the day after the last: the data are the half-open time between. */
  start: number;
  end: number;
  /** `YYYY-MM-DD`. Negative indices are the days before the data. */
  dateOf(day: number): string;
  /** 1 to 12. */
  monthOf(day: number): number;
  /** 1 Monday to 7 Sunday. */
  weekdayOf(day: number): number;
  dayAt(instant: number): number;
  /** The instant at which the clock on the wall shows this minute of the day. */
  instantAt(day: number, minute: number): number;
  /** `instant` itself while the service is open (Monday to Saturday, 8 to 20), else `delay` ms after it next opens. */
  nextOpen(instant: number, delay: number): number;
  /** The first day of the month that begins so many months before the end. */
  monthsBeforeEnd(months: number): number;
};

/**
 * The calendar of the `months` complete local months before the month of `asOf`.
 * The zone is asked once a day for the start of that day; the rest is arithmetic on those.
 */
export function simulationCalendar(asOf: string, timeZone: string, months: number): Calendar {
  const endDate = parseDay(asOf).with({ day: 1 });
  const startDate = endDate.subtract({ months });
  const dayCount = startDate.until(endDate).days;
  const dates = Array.from({ length: dayCount + daysAfterEnd }, (_, days) => startDate.add({ days }));
  const starts = Float64Array.from(dates, (date) => date.toZonedDateTime(timeZone).epochMilliseconds);

  const names = dates.map(String);
  const dateOf = (day: number) => names[day] ?? startDate.add({ days: day }).toString();
  const startOf = (day: number) => {
    const start = starts[day];
    if (start === undefined) throw new RangeError(`Got day ${day}, expected 0 to ${starts.length - 1}`);
    return start;
  };
  const months1 = Uint8Array.from(dates, (date) => date.month);
  const weekdays1 = Uint8Array.from(dates, (date) => date.dayOfWeek);
  const dayAt = (instant: number) => bisectRight(starts, instant) - 1;
  const instantAt = (day: number, minute: number) =>
    startOf(day) + (minute + clockShift(startOf(day), startOf(day + 1), minute)) * minuteMs;

  return {
    dayCount,
    start: startOf(0),
    end: startOf(dayCount),
    dateOf,
    monthOf: (day) => months1[day] ?? 0,
    weekdayOf: (day) => weekdays1[day] ?? 0,
    dayAt,
    instantAt,
    nextOpen: (instant, delay) => {
      let day = dayAt(instant);
      if (day >= starts.length - 3) return instant; // far after the end: nobody will see it
      const works = weekdays1[day] !== 7;
      if (works && instant < instantAt(day, opensAt)) return instantAt(day, opensAt) + delay;
      if (works && instant < instantAt(day, closesAt)) return instant;
      day += weekdays1[day + 1] === 7 ? 2 : 1;
      return instantAt(day, opensAt) + delay;
    },
    monthsBeforeEnd: (count) => startDate.until(endDate.subtract({ months: count })).days,
  };
}

/**
 * Minutes by which the wall clock is off, on the two days a year that have 23 or 25 hours. The change is taken to
 * happen at 3 in the morning at the latest, as in all of Europe's zones east of Greenwich.
 */
function clockShift(start: number, nextStart: number, minute: number): number {
  return minute >= 180 ? (nextStart - start) / minuteMs - 24 * 60 : 0;
}

function parseDay(asOf: string): Temporal.PlainDate {
  if (/^\d{4}-\d{2}-\d{2}$/.test(asOf)) {
    try {
      return Temporal.PlainDate.from(asOf, { overflow: "reject" });
    } catch {
      // falls through to the sentence below
    }
  }
  throw new RangeError(`asOf: got ${JSON.stringify(asOf)}, expected a calendar day like 2026-11-22`);
}
