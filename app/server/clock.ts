import { Temporal } from "temporal-polyfill";
import { type Day, parseDay } from "#analytics/period.ts";

/** Today in a time zone; with `asOf` (`--as-of 2026-11-22`) always that day. */
export function clock(asOf?: string): (timeZone: string) => Day {
  if (asOf === undefined) return (timeZone) => dayOf(Temporal.Now.plainDateISO(timeZone).toString());
  const day = dayOf(asOf);
  return () => day;
}

function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`--as-of ${text} is not a day. Expected a date like 2026-11-22.`);
  return day;
}
