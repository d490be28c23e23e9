import { type Interval, z95 } from "./interval.ts";
import { comparable, type Stratum } from "./stratum.ts";

export interface CommonRatio {
  /** Share with over share without, in the mean over the strata; >= 0. */
  ratio: number;
  /** 95 % two-sided, made on the log scale; `null` where the ratio is 0. */
  interval: Interval | null;
}

/**
 * The ratio of two shares, each stratum compared within itself:
 *
 *     ratio = R / S,  R = Σ a n0 / N,  S = Σ c n1 / N
 *     variance of its log = Σ [(a + c) n1 n0 - a c N] / N² / (R S)   (a, c hits and n1, n0 cases, with and without)
 *
 * `null` where no stratum has cases of both groups, or none of the cases without hit: there is nothing to divide by.
 * Source: Greenland & Robins 1985, Biometrics 41:55-68, formulas 4 and 13. Cost: one pass.
 */
export function mantelHaenszelRatio(strata: readonly Stratum[]): CommonRatio | null {
  let [above, below, spread] = [0, 0, 0];
  for (const { hitsWith: a, nWith: n1, hitsWithout: c, nWithout: n0 } of comparable(strata)) {
    const n = n1 + n0;
    above += (a * n0) / n;
    below += (c * n1) / n;
    spread += ((a + c) * n1 * n0 - a * c * n) / (n * n);
  }
  if (below === 0) return null;
  const ratio = above / below;
  if (above === 0 || !(spread > 0)) return { ratio, interval: null };
  const width = z95 * Math.sqrt(spread / (above * below));
  return { ratio, interval: { low: ratio * Math.exp(-width), high: ratio * Math.exp(width) } };
}
