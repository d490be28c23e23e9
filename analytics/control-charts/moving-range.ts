/**
 * Mean and mean moving range of a series: the mean absolute difference of neighbours. A point that was not measured is
 * `null`; it has no range with its neighbours, and they have none with each other across it.
 * `null` where no two neighbours are measured, or all measured neighbours are equal: nothing tells how much it varies.
 * Source: Shewhart's individuals chart; Montgomery, Introduction to Statistical Quality Control (6th ed.), section 6.4. Cost: one pass.
 */
export function movingRange(values: readonly (number | null)[]): { mean: number; meanRange: number } | null {
  let [sum, count, rangeSum, ranges] = [0, 0, 0, 0];
  let previous: number | null = null;
  for (const value of values) {
    if (value !== null) {
      sum += value;
      count++;
      if (previous !== null) {
        rangeSum += Math.abs(value - previous);
        ranges++;
      }
    }
    previous = value;
  }
  return rangeSum === 0 ? null : { mean: sum / count, meanRange: rangeSum / ranges };
}

/** Sigma is the mean moving range over d2 = 1.128; in the customary digits three of them are 2.66 mean moving ranges. */
export const sigmaPerMeanRange = 2.66 / 3;
