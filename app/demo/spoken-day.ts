import type { Random } from "./random.ts";

const spellings = [
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long" }),
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long" }),
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" }),
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "2-digit", month: "2-digit", year: "numeric" }),
];

/** A day (`YYYY-MM-DD`) as people write it: "Tuesday", "12 May", "12/05/2026". */
export function spokenDay(random: Random, date: string): string {
  // A date without a time is read as midnight UTC, and spelt in UTC: no zone can move it.
  return random.choice(spellings).format(new Date(date));
}
