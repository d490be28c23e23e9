import { gammaTails } from "./gamma.ts";
import { comparable, type Stratum } from "./stratum.ts";

/**
 * p of "in no stratum does it matter to which of the two groups a case belongs": chi-square of one degree of freedom with
 * the correction for continuity, which keeps it near the exact test on small numbers. `null` where no stratum can
 * tell: no cases of both groups, or all or none of them hit.
 * Source: Cochran 1954; Mantel & Haenszel 1959; R's `mantelhaen.test(correct = TRUE)`. Cost: one pass.
 */
export function mantelHaenszelTest(strata: readonly Stratum[]): number | null {
  let [excess, variance] = [0, 0];
  for (const { hitsWith: a, nWith: n1, hitsWithout: c, nWithout: n0 } of comparable(strata)) {
    const n = n1 + n0;
    const hits = a + c;
    excess += a - (n1 * hits) / n;
    variance += (n1 * n0 * hits * (n - hits)) / (n * n * (n - 1));
  }
  if (variance === 0) return null;
  const distance = Math.abs(excess);
  const corrected = distance >= 0.5 ? distance - 0.5 : distance;
  return gammaTails(corrected ** 2 / variance / 2, 0.5).upper;
}
