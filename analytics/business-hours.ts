import type { Day, Period } from "./period.ts";

/** A stretch of working time: minutes of the local clock since midnight, half-open; 1440 is the midnight that ends the day. */
export interface Shift {
  opens: number;
  closes: number;
}

export interface WorkingTime {
  /** The shifts of Monday to Sunday, seven lists, each in order and apart. A night shift is two: until 1440, and from 0. */
  week: readonly (readonly Shift[])[];
  /** Local days without work, in any order. */
  holidays: readonly Day[];
  /**
   * The instant (UTC milliseconds) at which the zone's clock shows a minute of a local day: the first, where that comes
   * twice; moved forward, where it is left out (what Temporal calls "compatible").
   */
  instantOf: (day: Day, minute: number) => number;
}

/** Hours of working time between two instants (UTC milliseconds). `null`: one is not known, or the end comes first. */
export type BusinessHours = (from: number | null, to: number | null) => number | null;

const millisecondsPerHour = 3_600_000;
const minutesPerDay = 1440;

/**
 * A measure of how much of the time between two instants is working time, in hours as they really pass: a shift from 0
 * to 6 on the night of a clock change lasts five hours or seven. An instant outside the span throws: its shifts are
 * not known. Source: the civil calendar; clock changes by `instantOf`, which is held against IANA's zones.
 * @param span the local days that instants may fall on
 * Cost: once, two look-ups of the zone a shift of the span; then two binary searches a case.
 */
export function businessHours(working: WorkingTime, span: Period): BusinessHours {
  refuseUnfit(working, span);
  const [first, last] = [working.instantOf(span.start, 0), working.instantOf(span.end, 0)];
  const { opens, closes } = shiftsOf(working, span);
  const workedBefore = new Float64Array(opens.length + 1);
  for (let i = 0; i < opens.length; i++) workedBefore[i + 1] = workedBefore[i]! + closes[i]! - opens[i]!;
  /** Milliseconds worked from the span's start to an instant. */
  const workedUntil = (instant: number) => {
    if (!(instant >= first && instant <= last))
      throw new RangeError(
        `businessHours: expected an instant of the span, ${first} to ${last}, got ${instant}`,
      );
    const begun = countUpTo(opens, instant);
    if (begun === 0) return 0;
    return workedBefore[begun]! - Math.max(0, closes[begun - 1]! - instant);
  };
  return (from, to) => {
    if (from === null || to === null || to < from) return null;
    return (workedUntil(to) - workedUntil(from)) / millisecondsPerHour;
  };
}

function refuseUnfit({ week }: WorkingTime, span: Period): void {
  if (week.length !== 7) throw new RangeError(`businessHours: expected seven days, got ${week.length}`);
  if (span.end <= span.start)
    throw new RangeError(`businessHours: expected a span, got ${span.start} to ${span.end}`);
  for (const shifts of week) {
    let free = 0;
    for (const { opens, closes } of shifts) {
      if (!(opens >= free && opens < closes && closes <= minutesPerDay))
        throw new RangeError(
          `businessHours: expected shifts in order, within 0 to 1440 minutes, got ${opens} to ${closes}`,
        );
      free = closes;
    }
  }
}

/**
 * The instants at which the shifts of the span open and close, in order. A shift in the hour that the clocks leave out is
 * moved forward, and is not counted twice where another lies there.
 */
function shiftsOf({ week, holidays, instantOf }: WorkingTime, span: Period) {
  const free = new Set(holidays);
  const [opens, closes]: [number[], number[]] = [[], []];
  for (let day = span.start; day < span.end; day++) {
    if (free.has(day)) continue;
    for (const shift of week[weekdayOf(day)]!) {
      const open = Math.max(instantOf(day, shift.opens), closes.at(-1) ?? -Infinity);
      const close = shift.closes === minutesPerDay ? instantOf(day + 1, 0) : instantOf(day, shift.closes);
      opens.push(open);
      closes.push(Math.max(open, close));
    }
  }
  return { opens: Float64Array.from(opens), closes: Float64Array.from(closes) };
}

/** 0 = Monday. Day 0, the first of January 1970, was a Thursday. */
function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** How many of ascending values are at most a limit. */
function countUpTo(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
