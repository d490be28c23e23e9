import type { Day, Period } from "../period.ts";

/** Which days a series has. */
export interface CoveredDays {
  /** From the first day to the last. */
  reach: Period;
  /** How many days it has. */
  days: number;
  /** Days between the first and the last that it has not, as periods, oldest first. */
  gaps: Period[];
}

/** `null` where there is no day. @param days ascending, each once */
export function coveredDays(days: readonly Day[]): CoveredDays | null {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const gaps = days.flatMap((day, i) => {
    const start = (days[i - 1] ?? day - 1) + 1;
    return start < day ? [{ start, end: day }] : [];
  });
  return { reach: { start: first, end: last + 1 }, days: days.length, gaps };
}
