import type { Moment } from "#analytics/case.ts";
import { parseDay } from "#analytics/period.ts";

/** What a time may look like, for the sentences that refuse one. */
export const expectedMoment = "a date such as 2026-03-29, 2026/3/29 or 2026-03-29T17:51:31Z";

/** A time as a source writes it: an ISO instant, or a day with dashes or slashes, year first. `null`: neither. */
export function readMoment(text: string): Moment | null {
  const day = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (day) {
    const [, year = "", month = "", date = ""] = day;
    const iso = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
    return parseDay(iso) === null ? null : iso;
  }
  return readInstant(text);
}

/** Whether the text is a day or a UTC instant as a record holds it. */
export function isMoment(text: string): boolean {
  return text.length === 10 ? parseDay(text) !== null : readInstant(text) === text;
}

function readInstant(text: string): Moment | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text))
    return null;
  if (parseDay(text.slice(0, 10)) === null) return null; // Date.parse would carry 30 February into March
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
