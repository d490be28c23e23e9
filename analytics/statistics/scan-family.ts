import { randomFrom } from "../causes/random.ts";
import { type AdjacentDispersion, adjacentDispersion } from "./adjacent-dispersion.ts";
import { type Scanned, type ScanResult, scanStatistic } from "./scan-statistic.ts";
import { shrunkDispersions } from "./shrunk-dispersions.ts";

/**
 * The scan statistic of each of many kinds of events in one population. What a kind varies beyond chance anyway is no
 * sign: its dispersion is measured before the first window, between neighbouring stretches as long as a window, by its
 * share of the population, and shrunk towards that of all kinds. None is taken for calmer than all in common are: where a
 * few stretches made one look calm, it brought most of the bursts that were none. No kind's result depends on the order of the others.
 * @param family the events of each kind, by day
 * @param scan the rest, common to all
 * @param seed of the drawing
 * Cost: one `scanStatistic` a kind.
 */
export function scanFamily(
  family: readonly Uint32Array[],
  scan: Omit<Scanned, "events" | "dispersion">,
  seed: number,
): (ScanResult | null)[] {
  const { phis, common } = shrunkDispersions(family.map((events) => usualDispersion(events, scan)));
  return family.map((events, i) => {
    const dispersion = 1 + excessToShown * (Math.max(phis[i]!, common ?? 1) - 1);
    return scanStatistic({ ...scan, events, dispersion }, randomFrom(seed));
  });
}

/**
 * Stretches laid anywhere over those in which events vary together show in the mean 2/3 of what these vary beyond chance
 * (the integral of a² + (1 - a)²), and of this the difference of neighbours lacks the 1/6 that they share: half is seen. Of that,
 * a pair of n events given their sum shows (n - 1) / (n + excess), some .9; and the rest keeps pages with a false burst
 * under 5 % where the variance is twice or three times the mean (tuned on seeds that docs/calibration.md does not use).
 */
const excessToShown = 2.4;

function usualDispersion(
  events: Uint32Array,
  { population, from, width }: Omit<Scanned, "events" | "dispersion">,
): AdjacentDispersion | null {
  const [counts, exposures]: [number[], number[]] = [[], []];
  for (let start = from % width; start < from; start += width) {
    const exposure = sum(population.subarray(start, start + width));
    if (exposure === 0) continue;
    counts.push(sum(events.subarray(start, start + width)));
    exposures.push(exposure);
  }
  return adjacentDispersion(counts, exposures);
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
