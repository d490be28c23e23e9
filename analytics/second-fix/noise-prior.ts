import { median, quantile } from "d3-array";
import type { Noise } from "./noise.ts";

/** The noise that the causes of a workspace share, and how far they differ in it. */
export interface NoisePrior {
  dispersion: number;
  /** What the shared dispersion counts against a cause's own, in degrees of freedom. */
  degrees: number;
  correlation: number;
  /** Variance of the true correlations over the causes. */
  correlationVariance: number;
}

const fewestCauses = 5;
const quartilesToDeviation = 1.3489795003921634; // of a normal distribution
/** However alike the causes are, a cause of two years counts for a tenth. */
const mostDegrees = 1_000;

/**
 * The prior by empirical Bayes: medians, so that a cause with a burst or a step of its own does not move them, and the
 * scatter over the causes beyond what the length of their series makes. `null` under 5 causes. Order does not matter.
 * Why pages shrink theirs by moments instead: `statistics/shrunk-dispersions.ts`.
 * Source: Smyth 2004 (variances shrunk by a scaled inverse chi-square), its moments here by quartiles.
 * @param noises of the causes that were not fixed, each over its own weeks
 */
export function noisePrior(noises: readonly Noise[]): NoisePrior | null {
  if (noises.length < fewestCauses) return null;
  const dispersion = median(noises, (noise) => noise.dispersion)!;
  const correlation = median(noises, (noise) => noise.correlation)!;
  if (dispersion === 0) return null;
  const relative = scatter(noises.map((noise) => noise.dispersion / dispersion));
  const excess = relative ** 2 - median(noises, (noise) => 2 / noise.degrees)!;
  const spread = scatter(noises.map((noise) => noise.correlation));
  return {
    dispersion,
    degrees: excess > 0 ? Math.min(mostDegrees, 2 / excess) : mostDegrees,
    correlation,
    correlationVariance: Math.max(0, spread ** 2 - median(noises, (noise) => 1 / noise.weeks)!),
  };
}

function scatter(values: readonly number[]): number {
  return (quantile(values, 0.75)! - quantile(values, 0.25)!) / quartilesToDeviation;
}
