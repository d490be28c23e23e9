import type { Random } from "#analytics/causes/random.ts";
import { gammaQuantile } from "#analytics/statistics/gamma.ts";

/** A standard normal number (Box & Muller 1958). */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A Poisson count of this mean, >= 0 (products of uniforms, Knuth, in pieces of 30 so that no product underflows). */
export function drawPoisson(mean: number, random: Random): number {
  if (mean > 30) return drawPoisson(30, random) + drawPoisson(mean - 30, random);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** A gamma number of scale 1, by the inverse of its distribution: slow and plain. */
export function drawGamma(shape: number, random: Random): number {
  return gammaQuantile(Math.min(1 - 1e-12, Math.max(1e-12, random())), shape);
}

/** A count whose variance is `dispersion` times its mean: negative binomial, Poisson where it is 1. */
export function drawOverdispersed(mean: number, dispersion: number, random: Random): number {
  if (dispersion <= 1 || mean <= 0) return drawPoisson(Math.max(0, mean), random);
  const scale = dispersion - 1;
  return drawPoisson(drawGamma(mean / scale, random) * scale, random);
}

/** How many of `n` trials hit. */
export function drawBinomial(n: number, share: number, random: Random): number {
  let hits = 0;
  for (let trial = 0; trial < n; trial++) if (random() < share) hits++;
  return hits;
}
