import { formatDay, parseDay } from "#analytics/period.ts";
import { clock } from "#app/server/clock.ts";
import { SettingError } from "#app/settings.ts";

/** The day of `--as-of`, or the clock's in UTC. */
export function todayIso(asOf: unknown): string {
  if (asOf === undefined) return formatDay(clock()("UTC"));
  if (typeof asOf !== "string" || parseDay(asOf) === null)
    throw new SettingError(`--as-of ${JSON.stringify(asOf)} is not a day. Expected a date like 2026-11-22.`);
  return asOf;
}
