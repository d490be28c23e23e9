import type { TimeField } from "#analytics/case.ts";
import { dateText, momentText } from "#app/format.ts";
import { durationText } from "#app/format-duration.ts";
import type { TimelineEvent } from "./case-timeline.ts";

/** One line of a timeline as it is read. Plain data. */
export interface TimelineLine {
  when: string;
  what: string;
  /** Where the event can be looked at. */
  href: string | null;
}

const eventWords: Readonly<Record<TimeField, string>> = {
  occurred_at: "It happened",
  promised_at: "It was promised for this time",
  received_at: "The customer wrote",
  acknowledged_at: "It was acknowledged",
  first_response_at: "First answer",
  escalated_at: "It was escalated",
  moved_private_at: "The conversation went private",
  resolved_at: "It was resolved",
  resolution_communicated_at: "The customer was told of the resolution",
  closed_at: "It was closed",
  reopened_at: "It was reopened",
};

/** The events of a case in words, in the workspace's time zone. */
export function caseTimelineLines(events: readonly TimelineEvent[], timeZone: string): TimelineLine[] {
  return events.map(({ field, moment, minutesSince }) => ({
    when: moment.length === 10 ? `${dateText(moment)}, time unknown` : momentText(moment, timeZone),
    what:
      minutesSince === null
        ? eventWords[field]
        : `${eventWords[field]} (${minutesSince === 0 ? "at once" : `${durationText(minutesSince)} later`})`,
    href: null,
  }));
}

/** What is known of the days of a cause. Days are local, `YYYY-MM-DD`. */
export interface CauseDates {
  first: { day: string; href: string } | null;
  latest: { day: string; href: string } | null;
  fixes: readonly { title: string; openedOn: string; implementedOn: string | null }[];
  /** What the runs that were published said became of it, on the day of each. */
  events: readonly { day: string; what: string; href: string }[];
}

/** The days of a cause in words, the earliest first; on one day, cases stand before what was done about them. */
export function causeTimelineLines({ first, latest, fixes, events }: CauseDates): TimelineLine[] {
  const dated = [
    ...(first === null ? [] : [{ day: first.day, what: "First case", href: first.href }]),
    ...(latest === null || latest.href === first?.href
      ? []
      : [{ day: latest.day, what: "Latest case so far", href: latest.href }]),
    ...fixes.flatMap(({ title, openedOn, implementedOn }) => [
      { day: openedOn, what: `Second fix decided: ${title}`, href: null },
      ...(implementedOn === null
        ? []
        : [{ day: implementedOn, what: `Second fix in place: ${title}`, href: null }]),
    ]),
    ...events,
  ];
  return dated
    .toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)))
    .map(({ day, what, href }) => ({ when: dateText(day), what, href }));
}
