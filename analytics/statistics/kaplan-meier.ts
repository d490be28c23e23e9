import { type Interval, z95 } from "./interval.ts";

/**
 * The share that lasts longer than each time, with its 95 % interval, which is NaN where none lasts longer. Times
 * ascend; only those at which one ended.
 */
export interface SurvivalCurve {
  readonly times: Float64Array;
  readonly survival: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Durations that it rests on, ended or not. */
  readonly n: number;
}

/**
 * The product-limit estimate of Kaplan & Meier (1958): what share of durations is longer than t, where some have not
 * ended yet and are known to be longer than they are now. Variance by Greenwood (1926); intervals on the scale
 * log(-log S), which keeps them between 0 and 1 (Kalbfleisch & Prentice 2002, section 1.4).
 *
 * @param durations any unit, >= 0; the same unit comes back
 * @param ended 1 where the duration has ended, 0 where it is censored; at a tie it counts as longer than those that ended
 * Cost: one sort.
 */
export function kaplanMeier(durations: Float64Array, ended: Uint8Array): SurvivalCurve {
  if (durations.length !== ended.length)
    throw new RangeError(
      `kaplanMeier: got ${durations.length} durations and ${ended.length} ends, expected as many`,
    );
  const order = Uint32Array.from(durations, (_, i) => i).sort(
    (a, b) => (durations[a] ?? 0) - (durations[b] ?? 0),
  );
  const counts: DurationCount[] = [];
  for (const i of order) {
    const last = counts.at(-1);
    const count =
      last?.duration === durations[i] ? last! : { duration: durations[i]!, ended: 0, censored: 0 };
    if (count !== last) counts.push(count);
    if (ended[i] === 1) count.ended++;
    else count.censored++;
  }
  return survivalOf(counts);
}

/** How many durations ended after a time, and how many are known to be longer than it. */
export interface DurationCount {
  duration: number;
  ended: number;
  censored: number;
}

/** `kaplanMeier` of durations that were counted. @param counts by ascending duration */
export function survivalOf(counts: readonly DurationCount[]): SurvivalCurve {
  const [times, survival, low, high]: [number[], number[], number[], number[]] = [[], [], [], []];
  const n = counts.reduce((sum, { ended, censored }) => sum + ended + censored, 0);
  let atRisk = n;
  let share = 1;
  let greenwood = 0;
  for (const { duration, ended, censored } of counts) {
    const atRiskNow = atRisk;
    atRisk -= ended + censored;
    if (ended === 0) continue;
    share *= 1 - ended / atRiskNow;
    greenwood += ended / (atRiskNow * (atRiskNow - ended));
    const interval = logLogInterval(share, greenwood);
    times.push(duration);
    survival.push(share);
    low.push(interval.low);
    high.push(interval.high);
  }
  return {
    times: Float64Array.from(times),
    survival: Float64Array.from(survival),
    low: Float64Array.from(low),
    high: Float64Array.from(high),
    n,
  };
}

/** At 0, where the last of all has ended, Greenwood's variance is not defined, and so there are no limits: NaN. */
function logLogInterval(share: number, greenwood: number): Interval {
  if (share <= 0) return { low: Number.NaN, high: Number.NaN };
  const width = (z95 * Math.sqrt(greenwood)) / Math.abs(Math.log(share));
  return { low: share ** Math.exp(width), high: share ** Math.exp(-width) };
}

export interface SurvivalQuantile {
  /** The time by which a share p has ended; `null`: so many have not ended yet. */
  value: number | null;
  /** Ends of the 95 % interval; `null`: it is open on that side. */
  low: number | null;
  high: number | null;
}

/**
 * The first time at which no more than 1 - p are left, and the times at which the curve's limits cross that share
 * (Brookmeyer & Crowley 1982). Where the curve lies on the share exactly, it does so until its next step: this is the
 * first of those times, by which that share has ended, and one that was seen; R's quantile has the middle of the two.
 */
export function survivalQuantile(curve: SurvivalCurve, p: number): SurvivalQuantile {
  const left = 1 - p + 1e-12; // sums of shares miss 1 - p by a rounding
  const firstAt = (limits: Float64Array) => {
    const index = limits.findIndex((share) => share <= left);
    return index === -1 ? null : (curve.times[index] ?? null);
  };
  return { value: firstAt(curve.survival), low: firstAt(curve.low), high: firstAt(curve.high) };
}
