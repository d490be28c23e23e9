import { type CaseRecord, type Category, emptyCase, type Severity, timeFields } from "#analytics/case.ts";
import type { Arrival } from "./arrivals.ts";
import type { Calendar } from "./calendar.ts";
import type { Complainant, Customers } from "./customers.ts";
import { type Course, drawCourse, knownAt, reopen } from "./handling.ts";
import { forgetFields } from "./missing-fields.ts";
import { drawSlots, writeNarrative, writeResolution, writeTitle } from "./narrative.ts";
import { drawCsat, drawEnding, drawFinding, drawRetained, type Ending } from "./outcome.ts";
import { type PlantedTruth, plantedTruth } from "./planted-truth.ts";
import type { Random } from "./random.ts";
import { drawRemedy, type Remedy } from "./remedy.ts";
import { spokenDay } from "./spoken-day.ts";
import type { Roster, Staff } from "./staff.ts";

const retentionKnownAfterMs = 90 * 86_400_000;

/** What surrounds every case of one simulation. */
export type World = {
  truth: PlantedTruth;
  calendar: Calendar;
  customers: Customers;
  staff: Staff;
  random: Random;
};

/** Customers choose the reason from a list, and some choose at random. */
const misfiledShare = 0.14;
const contactReasons = [
  ...new Set(plantedTruth.causes.flatMap((cause) => Object.keys(cause.contactReasons))),
];

/** Copied for each case, which is much quicker than making it anew. */
const blank = emptyCase("demo", "");

/** What really happened in a case, whatever of it the help desk knows or writes down. */
type Story = {
  who: Complainant;
  roster: Roster;
  severity: Severity;
  course: Course;
  remedy: Remedy;
  ending: Ending;
};

/** The record of one case, as the company's help desk would export it at the end of the data. */
export function buildCase(caseId: string, arrival: Arrival, world: World): CaseRecord {
  const { truth, calendar, random } = world;
  const { cause, day } = arrival;
  const story = drawStory(arrival, world);
  const { who, course, remedy, ending } = story;
  const times = knownAt(calendar.end, mayReopen(course.times, ending, random));
  const slots = drawSlots(random, who.product, {
    day: spokenDay(random, calendar.dateOf(day - random.integer(0, 9))),
    soon: spokenDay(random, calendar.dateOf(day + random.integer(2, 12))),
  });
  const record: CaseRecord = {
    ...blank,
    source_case_id: caseId,
    ...receivedFields(arrival, story, random),
    ...wayFields(course, times, random),
    title: writeTitle(random, cause.key, slots),
    narrative: writeNarrative(random, cause.key, slots),
  };
  writeTimes(record, times, arrival, world);
  if (times.resolved_at === undefined) record.status = "open";
  else {
    Object.assign(record, resultFields(remedy, ending, cause.category, random));
    const refund = `${(remedy.refundMinor / 100).toFixed(2)} ${truth.company.currency}`;
    record.resolution_note = writeResolution(random, remedy.types, { ...slots, amount: refund });
    record.compensation_currency = truth.company.currency;
    record.retained = retainedBy(calendar.end, times.resolved_at, ending, random);
  }
  return forgetFields(record, random);
}

function drawStory(arrival: Arrival, { truth, calendar, customers, staff, random }: World): Story {
  const { cause, channel } = arrival;
  const { category, hardness, remediesOf = category } = cause;
  const who = customers.draw(arrival);
  const roster = staff.assign(cause, channel);
  const severity: Severity = random.weighted(cause.severities);
  const course = drawCourse(arrival, { severity, team: roster.team }, calendar, random);
  const isPublic = course.publicMessages !== null;
  const remedy = drawRemedy({ remediesOf, severity, hardness, isPublic }, random);
  const traits = { category, severity, hardness };
  const ending = drawEnding(truth.outcomeModel, traits, { course, remedy }, random);
  customers.remember(arrival, who, ending.outcome, remedy.types);
  return { who, roster, severity, course, remedy, ending };
}

/** What is known of a case when it comes in. */
function receivedFields({ cause, channel }: Arrival, { who, roster, severity }: Story, random: Random) {
  return {
    contact_reason: random.chance(misfiledShare)
      ? random.choice(contactReasons)
      : random.weighted(cause.contactReasons),
    customer_ref: who.ref,
    region: who.region,
    product: who.product,
    team: roster.team,
    channel,
    handled_by_ref: roster.handledBy,
    concerned_agent_ref: roster.concerned,
    severity,
    attributes: drawAttributes(cause, random),
  } satisfies Partial<CaseRecord>;
}

/** The less content a customer is, the less the resolution holds. */
function mayReopen(times: Course["times"], ending: Ending, random: Random): Course["times"] {
  const chance = 0.02 + (ending.content < 0 ? 0.06 : 0) + (ending.outcome === "disputed" ? 0.08 : 0);
  return random.chance(chance) ? reopen(times, random) : times;
}

/** Writes the times. When it occurred, and what was promised, is often a day without a time. */
function writeTimes(record: CaseRecord, times: Course["times"], arrival: Arrival, world: World): void {
  const { calendar, random } = world;
  for (const field of timeFields) record[field] = toInstant(times[field]);
  record.occurred_at = random.chance(0.5) ? calendar.dateOf(arrival.day) : toInstant(arrival.occurred);
  if (times.promised_at !== undefined && random.chance(0.6)) {
    record.promised_at = calendar.dateOf(calendar.dayAt(times.promised_at));
  }
}

/** The steps on the way of a case, open or resolved. */
function wayFields(course: Course, times: Course["times"], random: Random) {
  const isPublic = course.publicMessages !== null;
  return {
    transfer_count: course.transfers,
    responder_count: 1 + course.transfers + (random.chance(0.1) ? 1 : 0),
    escalation_level: times.escalated_at === undefined ? 0 : course.escalationLevel,
    is_public: isPublic,
    audience: isPublic ? Math.round(random.logNormal(140, 1.2)) : null,
    public_message_count: course.publicMessages,
    public_after_resolution: isPublic ? random.choice([0, 0, 0, 0, 0, 0, 0, 1, 1, 2]) : null,
    reopen_count: times.reopened_at === undefined ? 0 : 1,
    affected_customers: random.chance(0.05) ? random.integer(2, 5) : 1,
  } satisfies Partial<CaseRecord>;
}

/** What a resolved case knows more than an open one. */
function resultFields(remedy: Remedy, ending: Ending, category: Category, random: Random) {
  return {
    remedy_types: remedy.types,
    apology_visibility: remedy.apologyVisibility,
    compensation_minor: remedy.refundMinor + remedy.goodwillMinor,
    offer_count: 1 + random.poisson(ending.content < -1 ? 0.9 : 0.2),
    handling_minutes: Math.round(random.logNormal(24, 0.7)) + 1,
    outcome: ending.outcome,
    parted_by: ending.outcome === "parted" ? random.weighted({ us: 3, them: 17 }) : null,
    finding: drawFinding(category, random),
    csat_score: drawCsat(ending.content, random),
  } satisfies Partial<CaseRecord>;
}

function retainedBy(end: number, resolved: number, ending: Ending, random: Random): boolean | null {
  return resolved + retentionKnownAfterMs < end ? drawRetained(ending.outcome, random) : null;
}

function drawAttributes(cause: Arrival["cause"], random: Random): Record<string, string> {
  const attributes: Record<string, string> = {
    device: random.weighted({ web: 5, ios: 3, android: 3 }),
    membership: random.chance(0.25) ? "plus" : "standard",
  };
  if (random.chance(0.7)) attributes["process_step"] = random.weighted(cause.steps);
  return attributes;
}

function toInstant(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}
