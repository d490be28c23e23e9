import { Temporal } from "temporal-polyfill";
import type { Moment } from "#analytics/case.ts";
import { formatDay, parseDay } from "#analytics/period.ts";

/**
 * Days of one time zone. Looking a zone up is slow and cases share days, so what is known of each day is kept; the
 * local day of an instant then takes two comparisons, also where a day has 23 or 25 hours.
 */
export class LocalDays {
  readonly #timeZone: string;
  readonly #days = new Map<string, KnownDay>();
  readonly #starts = new Map<string, number>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The instant of a moment: a day's first one, where the source gave no time of day. */
  instantOf(moment: Moment): string {
    return isDay(moment) ? this.#day(moment).firstInstant : moment;
  }

  /** The local day of a moment. */
  dayOf(moment: Moment): string {
    if (isDay(moment)) return moment;
    const instant = Date.parse(moment);
    const inUtc = moment.slice(0, 10); // the local day is this, the one before, or the one after
    const day = this.#day(inUtc);
    if (instant < day.start) return day.previous;
    return instant < day.end ? inUtc : day.next;
  }

  #day(text: string): KnownDay {
    let day = this.#days.get(text);
    if (day === undefined) {
      const [previous, next] = [shifted(text, -1), shifted(text, 1)];
      const start = this.#startOf(text);
      const firstInstant = new Date(start).toISOString();
      day = { start, end: this.#startOf(next), firstInstant, previous, next };
      this.#days.set(text, day);
    }
    return day;
  }

  #startOf(day: string): number {
    let start = this.#starts.get(day);
    if (start === undefined) {
      start = Temporal.PlainDate.from(day).toZonedDateTime(this.#timeZone).epochMilliseconds;
      this.#starts.set(day, start);
    }
    return start;
  }
}

interface KnownDay {
  /** Milliseconds of its first instant, and of the next day's. */
  start: number;
  end: number;
  firstInstant: string;
  previous: string;
  next: string;
}

/** Whether a moment is a calendar day, without a time. */
export function isDay(moment: Moment): boolean {
  return moment.length === 10;
}

function shifted(day: string, days: number): string {
  const number = parseDay(day);
  if (number === null) throw new RangeError(`Got “${day}”; expected a day such as 2026-03-29.`);
  return formatDay(number + days);
}
