import { gammaTails } from "../statistics/gamma.ts";
import type { Interval } from "../statistics/interval.ts";

export interface ShrunkRatio {
  /** Cases over those expected, drawn towards 1 the more, the less is known. */
  ratio: number;
  /** 95 %, equal tails. */
  interval: Interval;
}

/** How many values of the shrinkage are tried, evenly over 0..1. */
const steps = 24;

/**
 * What each agent's cases over the expected ones probably are in the long run: counts are Poisson, the true ratios of the agents
 * of a unit a gamma distribution around 1. How wide it is, the counts say; and since a few agents say little of
 * that, every width is weighed by its likelihood (prior: uniform over the shrinkage of the mean agent) instead of one being
 * chosen, so that nobody is drawn to 1 for certain. In the order of the input.
 * Source: Christiansen & Morris 1997, JASA 92:618-632 (uniform shrinkage), by midpoints of the prior.
 * Cost: some 2,000 gamma tails an agent, which is some 5 ms.
 * @param counts cases of each agent and those expected of each, > 0
 */
export function shrunkRatios(counts: readonly { cases: number; expected: number }[]): ShrunkRatio[] {
  for (const { cases, expected } of counts)
    if (!(expected > 0 && cases >= 0))
      throw new RangeError(
        `shrunkRatios: expected cases >= 0 and expected > 0, got ${cases} and ${expected}`,
      );
  const mean = counts.reduce((sum, { expected }) => sum + expected, 0) / counts.length;
  const shapes = Array.from({ length: steps }, (_, i) => {
    const shrinkage = (i + 0.5) / steps;
    return (mean * shrinkage) / (1 - shrinkage);
  });
  const logs = shapes.map((shape) =>
    counts.reduce((sum, { cases, expected }) => sum + logOfNegativeBinomial(cases, expected, shape), 0),
  );
  const largest = Math.max(...logs);
  const raw = logs.map((log) => Math.exp(log - largest));
  const all = raw.reduce((sum, weight) => sum + weight, 0);
  const weights = raw.map((weight) => weight / all);
  return counts.map(({ cases, expected }) => {
    const posterior = shapes.map((shape, i) => ({
      shape: shape + cases,
      rate: shape + expected,
      weight: weights[i]!,
    }));
    return {
      ratio: posterior.reduce((sum, { shape, rate, weight }) => sum + (weight * shape) / rate, 0),
      interval: { low: quantileOf(posterior, 0.025), high: quantileOf(posterior, 0.975) },
    };
  });
}

/** The part of the log probability that depends on the shape: Γ(a + x) / Γ(a) · a^a / (a + e)^(a + x). */
function logOfNegativeBinomial(cases: number, expected: number, shape: number): number {
  let log = shape * Math.log(shape / (shape + expected)) - cases * Math.log(shape + expected);
  for (let i = 0; i < cases; i++) log += Math.log(shape + i);
  return log;
}

interface WeightedGamma {
  shape: number;
  rate: number;
  weight: number;
}

/** Halving: 40 steps leave some 1e-12 of the first bracket. */
function quantileOf(mixture: readonly WeightedGamma[], p: number): number {
  const lowerTail = (x: number) =>
    mixture.reduce((sum, { shape, rate, weight }) => sum + weight * gammaTails(x * rate, shape).lower, 0);
  let high = 1;
  while (lowerTail(high) < p) high *= 2;
  let low = 0;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (lowerTail(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
