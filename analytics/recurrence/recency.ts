import type { Day, Period } from "../period.ts";

/** What was seen of a cause, by how much of it still counts. */
export interface RecentCases {
  /** Cases, each by its weight. */
  cases: number;
  /** Days, each by its weight. */
  days: number;
}

/**
 * Cases and days of a history, where one counts half as much for each `halfLifeDays` that it is old. Both are scaled by
 * the same factor so that they weigh what they tell: the mean rate stays cases / days, and its variance is that of so
 * many cases seen in so many days (Kish's effective sample size). Without weights it is cases and days as they are.
 * Source: Fay & Feuer 1997, section 3 (a weighted sum of Poisson counts as a scaled count); Kish 1965, section 11.7.
 * @param cases local days of the cases, those outside the history are left out
 * @param halfLifeDays > 0; Infinity: all weigh the same
 * Cost: one power a case.
 */
export function recentCases(cases: ArrayLike<Day>, history: Period, halfLifeDays: number): RecentCases {
  if (!(halfLifeDays > 0 && history.end > history.start))
    throw new RangeError(
      `recentCases: expected a half-life > 0 and a history, got ${halfLifeDays}, ${history.start} to ${history.end}`,
    );
  const fading = 0.5 ** (1 / halfLifeDays);
  const length = history.end - history.start;
  const weightOfDays = sumOfPowers(fading, length);
  const scale = weightOfDays / sumOfPowers(fading * fading, length);
  let weightOfCases = 0;
  for (let i = 0; i < cases.length; i++) {
    const day = cases[i]!;
    if (day >= history.start && day < history.end) weightOfCases += fading ** (history.end - day);
  }
  return { cases: weightOfCases * scale, days: weightOfDays * scale };
}

/** r + r^2 + ... + r^n. */
function sumOfPowers(r: number, n: number): number {
  return r === 1 ? n : (r * (1 - r ** n)) / (1 - r);
}
