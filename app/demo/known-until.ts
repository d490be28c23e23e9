import { Temporal } from "temporal-polyfill";
import { type CaseRecord, timeFields } from "#analytics/case.ts";
import type { DoneOn } from "./dated-learning.ts";
import type { Simulation } from "./simulate-company.ts";

const retentionKnownAfterMs = 90 * 86_400_000;

/**
 * The company as it was known at the start of a local day (`YYYY-MM-DD`): cases that came in later are left out, what happened in
 * a case later is not in it, and neither are later calls, fixes, playbooks and
 * retrospectives; one that was reviewed later is a draft still. All that was planted stays on its days, and the cases are the
 * same ones, so that the company can be told further from there.
 */
export function knownUntil(simulation: Simulation, until: string): Simulation {
  const end = Temporal.PlainDate.from(until).toZonedDateTime(simulation.company.timeZone).epochMilliseconds;
  const cases = simulation.cases
    .filter(({ received_at: received }) => received !== null && Date.parse(received) < end)
    .map((record) => knownOf(record, { until, end }));
  const ids = new Set(cases.map((record) => record.source_case_id));
  const isKnown = ({ openedOn }: { openedOn: string }) => openedOn < until;
  const inPlace = simulation.secondFixes.filter(({ implementedOn }) => implementedOn < until);
  const opened = simulation.secondFixes.filter((fix) => isKnown(fix) && !inPlace.includes(fix));
  return {
    ...simulation,
    asOf: until,
    cases,
    secondFixes: inPlace,
    plannedFixes: [
      ...opened.map(({ implementedOn, ...fix }) => ({ ...fix, dueOn: implementedOn })),
      ...simulation.plannedFixes.filter(isKnown),
    ],
    calls: simulation.calls.filter(({ calledOn }) => calledOn < until),
    playbooks: simulation.playbooks.filter(({ writtenOn }) => writtenOn < until),
    retrospectives: simulation.retrospectives
      .filter(({ written }) => written.on < until)
      .map((one) => ({
        ...one,
        reviewed: knownBefore(one.reviewed, until),
        published: knownBefore(one.published, until),
      })),
    causeOf: new Map([...simulation.causeOf].filter(([caseId]) => ids.has(caseId))),
  };
}

function knownBefore(done: DoneOn | null, until: string): DoneOn | null {
  return done !== null && done.on < until ? done : null;
}

/** What a case is not known to be before it is resolved. */
const results = [
  "resolution_note",
  "remedy_types",
  "apology_visibility",
  "compensation_minor",
  "compensation_currency",
  "offer_count",
  "handling_minutes",
  "outcome",
  "parted_by",
  "finding",
  "csat_score",
  "retained",
] as const;

function knownOf(record: CaseRecord, { until, end }: { until: string; end: number }): CaseRecord {
  const isLater = (moment: string) => (moment.length === 10 ? moment >= until : Date.parse(moment) >= end);
  const known: CaseRecord = { ...record };
  for (const field of timeFields) if (record[field] !== null && isLater(record[field])) known[field] = null;
  const isOpenAgain = known.reopened_at !== null && record.closed_at !== null && known.closed_at === null;
  if (isOpenAgain) [known.resolved_at, known.resolution_communicated_at] = [null, null];
  if (known.reopened_at === null && record.reopened_at !== null) known.reopen_count = 0;
  if (known.escalated_at === null && record.escalated_at !== null) known.escalation_level = 0;
  if (known.resolved_at === null) {
    known.status = "open";
    for (const field of results) known[field] = null;
  } else if (Date.parse(known.resolved_at) + retentionKnownAfterMs >= end) known.retained = null;
  return known;
}
