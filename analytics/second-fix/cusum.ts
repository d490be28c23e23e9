import type { CountDistribution } from "./count-distribution.ts";

/**
 * A cumulated sum of what is above a reference: S = max(0, S + `perCase` · cases - `perWeek`), with an alarm at `limit`.
 * In whole units, so that its run length can be counted exactly.
 */
export interface Cusum {
  perCase: number;
  perWeek: number;
  limit: number;
}

/**
 * The probability that the sum of a process of independent weeks reaches its limit within so many weeks, from 0; exact, by the
 * chances of each level week by week.
 * Source: Brook & Evans 1972 (the sum as a Markov chain); Lucas 1985, Counted data CUSUM's. Cost: weeks x limit x counts.
 * @param weekly the count of one week
 */
export function cusumAlarmProbability(
  { first, probabilities }: CountDistribution,
  { perCase, perWeek, limit }: Cusum,
  weeks: number,
): number {
  let chance = new Float64Array(limit);
  chance[0] = 1;
  let alarm = 0;
  for (let week = 0; week < weeks; week++) {
    const next = new Float64Array(limit);
    for (let level = 0; level < limit; level++) {
      const here = chance[level]!;
      if (here === 0) continue;
      for (let i = 0; i < probabilities.length; i++) {
        const to = Math.max(0, level + perCase * (first + i) - perWeek);
        if (to < limit) next[to]! += here * probabilities[i]!;
        else alarm += here * probabilities[i]!;
      }
    }
    chance = next;
  }
  return alarm;
}
