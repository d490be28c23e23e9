import { Temporal } from "temporal-polyfill";
import type { Moment } from "#analytics/case.ts";
import { formatDay, parseDay } from "#analytics/period.ts";

/**
 * Days of one time zone. Looking a zone up is slow and cases share days, so the first instant of each day is kept;
 * the local day of an instant then takes two comparisons, also where a day has 23 or 25 hours.
 */
export class LocalDays {
  readonly #timeZone: string;
  readonly #starts = new Map<string, number>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The instant of a moment: a day's first one, where the source gave no time of day. */
  instantOf(moment: Moment): string {
    return isDay(moment) ? new Date(this.#startOf(moment)).toISOString() : moment;
  }

  /** The local day of a moment. */
  dayOf(moment: Moment): string {
    if (isDay(moment)) return moment;
    const instant = Date.parse(moment);
    const day = moment.slice(0, 10); // its day in UTC: the local one is this, the one before, or the one after
    if (instant < this.#startOf(day)) return shifted(day, -1);
    const next = shifted(day, 1);
    return instant < this.#startOf(next) ? day : next;
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

/** Whether a moment is a calendar day, without a time. */
export function isDay(moment: Moment): boolean {
  return moment.length === 10;
}

function shifted(day: string, days: number): string {
  const number = parseDay(day);
  if (number === null) throw new RangeError(`Got “${day}”; expected a day such as 2026-03-29.`);
  return formatDay(number + days);
}
