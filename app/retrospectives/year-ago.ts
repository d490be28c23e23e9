import { Temporal } from "temporal-polyfill";
import { type Day, formatDay } from "#analytics/period.ts";

/** A retrospective that was published "a year ago": this many calendar months before today, both ends included. */
const yearAgoMonths = { least: 11, most: 13 } as const;

/** The local day of an instant, `YYYY-MM-DD`. */
export function localDay(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Whether the instant lies eleven to thirteen calendar months before today, by the local days of the time zone. */
export function isYearAgo(instant: string, today: Day, timeZone: string): boolean {
  const now = Temporal.PlainDate.from(formatDay(today));
  const day = localDay(instant, timeZone);
  const earliest = now.subtract({ months: yearAgoMonths.most }).toString();
  return day >= earliest && day <= now.subtract({ months: yearAgoMonths.least }).toString();
}
