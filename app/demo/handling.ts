import { type Severity, type TimeField, timeFields } from "#analytics/case.ts";
import type { Arrival } from "./arrivals.ts";
import type { Calendar } from "./calendar.ts";
import type { Random } from "./random.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Median days to the resolution are 1.6 x severity x team, and a quarter more for each transfer. */
const severityLag: Record<Severity, number> = { low: 0.7, medium: 1, high: 1.4, critical: 1.1 };
const teamLag: Record<string, number> = { Phone: 0.8, "Live Chat": 0.7, Email: 1.2, "Returns Desk": 1.5 };
const firstResponseMinutes: Record<string, number> = { phone: 3, chat: 6, "social media": 90 };
/** Cases that wait for a supplier or a carrier, and by how many more days. */
const stuckShare = 0.12;
const stuckDays = [10, 60] as const;
const longestLagDays = 85;

/** How a case went: its times (UTC milliseconds) and the steps on its way. */
export type Course = {
  times: Partial<Record<TimeField, number>>;
  /** Days from receipt to resolution. */
  days: number;
  transfers: number;
  escalationLevel: number;
  /** `null` where nothing of it was public. */
  publicMessages: number | null;
};

/** How a case is handled from its receipt to its closing, as if the data had no end. */
export function drawCourse(
  arrival: Arrival,
  traits: { severity: Severity; team: string },
  calendar: Calendar,
  random: Random,
): Course {
  const { received, channel, cause } = arrival;
  const open = (instant: number) => calendar.nextOpen(instant, random.between(0, 1.5) * hourMs);
  const transfers = random.poisson(cause.transfers);
  const escalationLevel = drawEscalation(traits.severity, random);

  const acknowledged = received + random.logNormal(random.chance(0.6) ? 1.5 : 45, 0.5) * minuteMs;
  const firstResponse = open(
    acknowledged + random.logNormal(firstResponseMinutes[channel] ?? 260, 0.9) * minuteMs,
  );
  const lag = drawLagDays(traits, transfers, random);
  const resolved = Math.max(firstResponse + random.between(4, 40) * minuteMs, open(received + lag * dayMs));
  const communicated = resolved + random.logNormal(35, 1) * minuteMs;
  const between = (low: number, high: number) =>
    firstResponse + (resolved - firstResponse) * random.between(low, high);

  const times: Course["times"] = {
    received_at: received,
    acknowledged_at: acknowledged,
    first_response_at: firstResponse,
    resolved_at: resolved,
    closed_at: communicated + random.between(1, 6) * dayMs,
  };
  if (escalationLevel > 0) times.escalated_at = between(0.1, 0.7);
  if (random.chance(0.86)) times.resolution_communicated_at = communicated;
  if (cause.promises) {
    times.promised_at = Math.max(calendar.start, arrival.occurred - random.between(0, 3) * dayMs);
  }

  const isPublic = channel === "social media" || channel === "review site";
  if (isPublic && random.chance(0.75)) times.moved_private_at = between(0, 0.4);
  const publicMessages = isPublic ? 1 + random.poisson(times.moved_private_at ? 1.4 : 3.2) : null;
  return { times, days: (resolved - received) / dayMs, transfers, escalationLevel, publicMessages };
}

/**
 * The same times with a reopening: `resolved_at` stays the resolution that didn't hold, so that "reopened within
 * 14 days" can be read from the record, and `closed_at` moves behind the second one.
 */
export function reopen(times: Course["times"], random: Random): Course["times"] {
  const { resolved_at: resolved } = times;
  if (resolved === undefined) return times;
  const reopened = resolved + Math.min(60, random.logNormal(6, 0.8)) * dayMs;
  return { ...times, reopened_at: reopened, closed_at: reopened + random.logNormal(4, 0.8) * dayMs };
}

/** What of `times` is known at `end`. A case that was reopened and isn't closed again has no resolution yet. */
export function knownAt(end: number, times: Course["times"]): Course["times"] {
  const known: Course["times"] = {};
  for (const field of timeFields) {
    const at = times[field];
    if (at !== undefined && at < end) known[field] = at;
  }
  if (known.reopened_at !== undefined && known.closed_at === undefined) {
    delete known.resolved_at;
    delete known.resolution_communicated_at;
  }
  return known;
}

function drawEscalation(severity: Severity, random: Random): number {
  const chance = { low: 0.01, medium: 0.05, high: 0.16, critical: 0.5 }[severity];
  if (!random.chance(chance)) return 0;
  return random.chance(0.25) ? 2 : 1;
}

function drawLagDays(
  { severity, team }: { severity: Severity; team: string },
  transfers: number,
  random: Random,
): number {
  const median = 1.6 * severityLag[severity] * (teamLag[team] ?? 1) * 1.25 ** transfers;
  const stuck = random.chance(stuckShare) ? random.between(...stuckDays) : 0;
  return Math.min(longestLagDays, random.logNormal(median, 1.3) + stuck);
}
