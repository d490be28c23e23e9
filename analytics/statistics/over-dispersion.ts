import { gammaQuantile } from "./gamma.ts";
import type { Interval } from "./interval.ts";

export interface OverDispersion {
  /** Variance over mean: 1 where the counts are Poisson, 2 where they vary twice as much. It may come out under 1. */
  phi: number;
  /** 95 %, by chi-square: rough where a mean is under 5, or where neighbours depend on each other. */
  interval: Interval;
  /** Counted periods less one. */
  degreesOfFreedom: number;
}

/**
 * How much counts of one unchanged rate vary beyond a Poisson's: Pearson's chi-square over its degrees of freedom,
 * around the common rate. A period that was not measured is `null` and is left out, never taken for zero.
 * `null` where fewer than two periods are measured, or none has a case.
 * Source: McCullagh & Nelder 1989, section 6.2.3, for one rate; R's `glm(family = quasipoisson)`.
 * @param counts cases a period, >= 0 or `null`
 * @param exposures days, orders or contacts of each period, > 0
 */
export function overDispersion(
  counts: readonly (number | null)[],
  exposures: readonly number[],
): OverDispersion | null {
  if (counts.length !== exposures.length)
    throw new RangeError(
      `overDispersion: got ${counts.length} counts and ${exposures.length} exposures, expected as many`,
    );
  const measured = counts.flatMap((count, i) => (count === null ? [] : [{ count, exposure: exposures[i]! }]));
  const wrong = measured.find(({ count, exposure }) => !(count >= 0 && exposure > 0));
  if (wrong !== undefined)
    throw new RangeError(
      `overDispersion: expected counts >= 0 and exposures > 0, got ${wrong.count} and ${wrong.exposure}`,
    );
  const cases = measured.reduce((sum, { count }) => sum + count, 0);
  const degreesOfFreedom = measured.length - 1;
  if (degreesOfFreedom < 1 || cases === 0) return null;
  const rate = cases / measured.reduce((sum, { exposure }) => sum + exposure, 0);
  const chiSquare = measured.reduce(
    (sum, { count, exposure }) => sum + (count - rate * exposure) ** 2 / (rate * exposure),
    0,
  );
  const limit = (p: number) => chiSquare / (2 * gammaQuantile(p, degreesOfFreedom / 2));
  return {
    phi: chiSquare / degreesOfFreedom,
    interval: { low: limit(0.975), high: limit(0.025) },
    degreesOfFreedom,
  };
}
