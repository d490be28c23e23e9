import { Temporal } from "temporal-polyfill";
import { type CaseRecord, type TimeField, timeFields } from "#analytics/case.ts";

/** Something that happened to a case, at an instant or on a local day that has no time. */
export interface TimelineEvent {
  field: TimeField;
  /** As the case has it: an instant in UTC, or `YYYY-MM-DD`. */
  moment: string;
  /**
   * Minutes that went by since the event before, by the clock of physics: an hour that was skipped or came twice does
   * not change them. `null`: it is the first, or one of the two is a day without a time.
   */
  minutesSince: number | null;
}

/**
 * The times of a case in the order in which they came; unknown ones are left out. A day without a time stands before
 * all instants of that local day, and of equal ones that which the record names first.
 * @param timeZone of the workspace: when a day without a time begins
 */
export function caseTimeline(record: Pick<CaseRecord, TimeField>, timeZone: string): TimelineEvent[] {
  const known = timeFields.flatMap((field) => {
    const moment = record[field];
    if (moment === null) return [];
    const isDay = moment.length === 10;
    return [{ field, moment, isDay, at: isDay ? startOfDay(moment, timeZone) : Date.parse(moment) }];
  });
  known.sort((a, b) => a.at - b.at || Number(b.isDay) - Number(a.isDay));
  return known.map(({ field, moment, isDay, at }, index) => {
    const before = known[index - 1];
    const minutesSince = before === undefined || isDay || before.isDay ? null : (at - before.at) / 60_000;
    return { field, moment, minutesSince: minutesSince === null ? null : Math.round(minutesSince) };
  });
}

function startOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
}
