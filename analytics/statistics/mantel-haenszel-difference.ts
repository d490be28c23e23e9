import { type Interval, z95 } from "./interval.ts";
import { comparable, type Stratum } from "./stratum.ts";

export interface CommonDifference {
  /** Share with less share without, in the mean over the strata; -1..1. */
  difference: number;
  /** 95 % two-sided, cut at -1 and 1; `null` where all or none hit in every stratum: the error can't be told then. */
  interval: Interval | null;
}

/**
 * The difference of two shares, each stratum compared within itself, so that a group with the harder cases is not blamed
 * for them. Weights n1 n0 / N. The variance holds both for few large strata and for many small ones:
 *
 *     variance = (D Σ P + Σ Q) / (Σ W)²,  W = n1 n0 / N,  Q = [a (n0 - c) + c (n1 - a)] / 2N,
 *     P = [n1² c - n0² a + n1 n0 (n0 - n1) / 2] / N²   (a, c hits and n1, n0 cases, with and without)
 *
 * `null` where no stratum has cases of both groups.
 * Source: Greenland & Robins 1985, Biometrics 41:55-68; variance by Sato 1989, Biometrics 45:1323-1324. Cost: one pass.
 */
export function mantelHaenszelDifference(strata: readonly Stratum[]): CommonDifference | null {
  const compared = comparable(strata);
  if (compared.length === 0) return null;
  let [weight, excess, sumP, sumQ] = [0, 0, 0, 0];
  for (const { hitsWith: a, nWith: n1, hitsWithout: c, nWithout: n0 } of compared) {
    const n = n1 + n0;
    weight += (n1 * n0) / n;
    excess += (a * n0 - c * n1) / n;
    sumP += (n1 * n1 * c - n0 * n0 * a + (n1 * n0 * (n0 - n1)) / 2) / (n * n);
    sumQ += (a * (n0 - c) + c * (n1 - a)) / (2 * n);
  }
  const difference = excess / weight;
  const variance = (difference * sumP + sumQ) / (weight * weight);
  if (compared.every(isUniform) || !(variance > 0)) return { difference, interval: null };
  const half = z95 * Math.sqrt(variance);
  return {
    difference,
    interval: { low: Math.max(-1, difference - half), high: Math.min(1, difference + half) },
  };
}

function isUniform({ hitsWith, nWith, hitsWithout, nWithout }: Stratum): boolean {
  return (hitsWith === 0 || hitsWith === nWith) && (hitsWithout === 0 || hitsWithout === nWithout);
}
