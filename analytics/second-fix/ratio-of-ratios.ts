import type { RateChange } from "./rate-change.ts";

/**
 * The change of a rate over the change of the rates that it is compared with: what is left when the volume is taken out. Its
 * interval is recovered from the two exact ones, so that it keeps their asymmetry and over-dispersion, and becomes the first
 * as the second narrows. `null` when the comparison shows nothing that could be divided by.
 * Source: Donner & Zou 2012, Closed-form confidence intervals (MOVER), the ratio, here without its division by 0.
 * Cost: none.
 * @param own after / before of the fixed cause
 * @param others the same of the unfixed causes, independent of it
 */
export function ratioOfRatios(own: RateChange, others: RateChange): RateChange | null {
  const { ratio: divisor } = others;
  const { low: lowDivisor, high: highDivisor } = others.interval;
  if (divisor === null || lowDivisor === 0 || highDivisor === Infinity) return null;
  const { low, high } = own.interval;
  if (own.ratio === null) return { ratio: null, interval: { low: low / highDivisor, high: Infinity } };
  const product = own.ratio * divisor;
  const lower = low * (2 * own.ratio - low);
  const upper = high * (2 * own.ratio - high);
  const divisorAbove = highDivisor * (2 * divisor - highDivisor);
  const divisorBelow = lowDivisor * (2 * divisor - lowDivisor);
  return {
    ratio: own.ratio / divisor,
    interval: {
      low: low === 0 ? 0 : lower / (product + rootOf(product ** 2 - lower * divisorAbove)),
      high: (product + rootOf(product ** 2 - upper * divisorBelow)) / divisorBelow,
    },
  };
}

/** Of what is 0 but for rounding where both intervals are points. */
function rootOf(square: number): number {
  return Math.sqrt(Math.max(0, square));
}
