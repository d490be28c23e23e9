import { binomialTails } from "../statistics/binomial-tails.ts";
import type { Interval } from "../statistics/interval.ts";

/** Between which counts chance alone keeps an agent, as counts with a fraction so that they draw as smooth lines. */
export interface FunnelLimits {
  /** 1 in 20 fair agents lies outside. */
  p95: Interval;
  /** 1 in 500. */
  p998: Interval;
}

/**
 * Control limits of a funnel plot: given the cases of the unit, an agent's are binomial with the share of the handled
 * volume. Exact, the steps of the counts smoothed by interpolation. To draw; what stands out is told by `agentEvidence`.
 * Source: Spiegelhalter 2005, Statistics in Medicine 24:1185-1202, appendix A.1.1. Cost: some 10 log2(total) beta tails.
 * @param total cases of the unit, a whole number >= 0
 * @param share of the handled volume, 0..1
 */
export function funnelLimits(total: number, share: number): FunnelLimits {
  const at = (p: number) => smoothQuantile(p, total, share);
  return {
    p95: { low: at(0.025), high: at(0.975) },
    p998: { low: at(0.001), high: at(0.999) },
  };
}

function smoothQuantile(p: number, n: number, share: number): number {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (binomialTails(middle, n, share).atMost >= p) high = middle;
    else low = middle + 1;
  }
  const reached = binomialTails(low, n, share).atMost;
  const before = low === 0 ? 0 : binomialTails(low - 1, n, share).atMost;
  return Math.max(0, low - (reached - p) / (reached - before));
}
