import type { DurationCount } from "./kaplan-meier.ts";

/** One bin is 1 % wide, so a quantile is off by less than that, and by less than half as a rule. */
const binsToTheE = 100;
/** In the unit of the durations: what is shorter lies in the first bin. */
const shortest = 1e-3;
const bins = 2_400; // to e^24 times the shortest

/**
 * Durations counted in bins whose ends grow by a constant factor. Each bin stands at the mean of what ended in it, so that
 * durations that are all alike (whole days, say) keep their value. Bins in which nothing lies are left out.
 * @param durations days, >= 0
 * @param ended 1 where the duration has ended, 0 where it is censored; within a bin as longer than those that ended
 * Cost: one pass.
 */
export function inLogBins(durations: Float64Array, ended: Uint8Array): DurationCount[] {
  const sums = new Float64Array(bins);
  const counts = [new Uint32Array(bins), new Uint32Array(bins)] as const; // censored, ended
  for (let i = 0; i < durations.length; i++) {
    const bin = binOf(durations[i]!);
    counts[ended[i]!]![bin]!++;
    if (ended[i] === 1) sums[bin]! += durations[i]!;
  }
  const [censored, ends] = counts;
  return Array.from(ends, (end, bin) => ({
    duration: end > 0 ? sums[bin]! / end : shortest * Math.exp((bin + 0.5) / binsToTheE),
    ended: end,
    censored: censored[bin]!,
  })).filter((count) => count.ended + count.censored > 0);
}

function binOf(duration: number): number {
  const bin = Math.floor(Math.log(duration / shortest) * binsToTheE);
  return Math.min(bins - 1, Math.max(0, bin)); // the logarithm of 0 is -Infinity
}
