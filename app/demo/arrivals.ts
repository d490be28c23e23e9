import type { Calendar } from "./calendar.ts";
import { type CauseProfile, oneOff, type PlantedTruth, type RecurringCause } from "./planted-truth.ts";
import { type Random, seededRandom } from "./random.ts";

const hourMs = 3_600_000;

/** One case before anybody has handled it: what it comes from, when that happened, and how it reached us. */
export type Arrival = {
  cause: CauseProfile;
  /** The local day on which it occurred, as an index of the calendar. */
  day: number;
  occurred: number;
  received: number;
  channel: string;
};

/** Monday to Sunday; the mean is 1, so that a week keeps its rate. */
const weekdayFactor = [1.25, 1.15, 1.05, 1, 1, 0.85, 0.7];

/** All cases that reach the company before the end of the data, in the order in which they do. */
export function drawArrivals(truth: PlantedTruth, calendar: Calendar, seed: number): Arrival[] {
  const stepDay = calendar.monthsBeforeEnd(truth.volumeStep.monthsBeforeEnd);
  const volumeOn = (day: number) =>
    (day < stepDay ? 1 : truth.volumeStep.factor) * (weekdayFactor[calendar.weekdayOf(day) - 1] ?? 1);

  const arrivals = truth.causes.flatMap((cause) => {
    const effect = effectOf(cause, truth, calendar);
    const daily = (day: number) => (cause.weeklyRate / 7) * volumeOn(day) * effect(day);
    return poissonArrivals(cause, daily, calendar, seededRandom(seed, cause.key));
  });
  for (const cause of truth.rareCauses) {
    const random = seededRandom(seed, cause.key);
    for (let n = 0; n < cause.cases; n += 1) {
      // The last fortnight is left out, or a late report would make the handful smaller.
      arrivals.push(arrive(cause, random.integer(0, calendar.dayCount - 15), calendar, random));
    }
  }
  const oneOffDaily = (day: number) => (truth.oneOffWeeklyRate / 7) * volumeOn(day);
  arrivals.push(...poissonArrivals(oneOff, oneOffDaily, calendar, seededRandom(seed, oneOff.key)));

  return arrivals
    .filter((arrival) => arrival.received < calendar.end)
    .sort((a, b) => a.received - b.received || (a.cause.key < b.cause.key ? -1 : 1));
}

/** What season, burst and second fix make of the rate of a cause on a day. */
function effectOf(cause: RecurringCause, truth: PlantedTruth, calendar: Calendar): (day: number) => number {
  const fix = truth.fixes.find((candidate) => candidate.causeKey === cause.key);
  const { season, burst } = cause;
  return (day) => {
    const weeksBeforeEnd = (calendar.dayCount - day) / 7;
    let factor = season?.[String(calendar.monthOf(day))] ?? 1;
    if (burst) {
      const weeksIntoBurst = burst.startsWeeksBeforeEnd - weeksBeforeEnd;
      if (weeksIntoBurst >= 0 && weeksIntoBurst < burst.weeks) factor *= burst.factor;
    }
    if (fix && weeksBeforeEnd <= fix.implementedWeeksBeforeEnd) factor *= fix.trueRateRatio;
    return factor;
  };
}

function poissonArrivals(
  cause: CauseProfile,
  dailyRate: (day: number) => number,
  calendar: Calendar,
  random: Random,
): Arrival[] {
  const arrivals: Arrival[] = [];
  for (let day = 0; day < calendar.dayCount; day += 1) {
    for (let left = random.poisson(dailyRate(day)); left > 0; left -= 1) {
      arrivals.push(arrive(cause, day, calendar, random));
    }
  }
  return arrivals;
}

/** Most write within hours, some after days; phone and chat wait until the service opens. */
function arrive(cause: CauseProfile, day: number, calendar: Calendar, random: Random): Arrival {
  const channel = random.weighted(cause.channels);
  const [from, to] = cause.occursBetweenHours ?? [random.chance(0.06) ? 0 : 7, 23];
  const occurred = calendar.instantAt(day, random.between(from * 60, to * 60));
  const reported = occurred + random.logNormal(random.chance(0.7) ? 2 : 40, 0.8) * hourMs;
  const needsOpenLine = channel === "phone" || channel === "chat";
  const received = needsOpenLine ? calendar.nextOpen(reported, random.between(0, 3) * hourMs) : reported;
  return { cause, day, occurred, received, channel };
}
