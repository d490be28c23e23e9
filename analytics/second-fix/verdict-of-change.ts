import type { RateChange } from "./rate-change.ts";

/** What an interval of a ratio lets one say of a fix. */
export type VerdictOfChange =
  | "harmful"
  | "effective"
  | "partially_effective"
  | "not_effective"
  | "inconclusive";

/**
 * The first rule that holds: harmful when the rate rose, effective when it fell and by the target at least, partially effective
 * when it fell, not effective when the target is out of reach, else inconclusive.
 * Source: PRODUCT.md section 7, "Verdict, first rule that holds".
 * @param targetCut the share of cases that the fix was to take away, 0 < cut < 1
 */
export function verdictOfChange({ ratio, interval }: RateChange, targetCut: number): VerdictOfChange {
  if (!(targetCut > 0 && targetCut < 1))
    throw new RangeError(`verdictOfChange: expected a cut between 0 and 1, got ${targetCut}`);
  if (interval.low > 1) return "harmful";
  if (interval.high < 1)
    return ratio !== null && ratio <= 1 - targetCut ? "effective" : "partially_effective";
  return interval.low > 1 - targetCut ? "not_effective" : "inconclusive";
}
