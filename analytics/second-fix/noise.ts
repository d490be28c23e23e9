/** How far the weeks of one cause scatter beyond what chance alone would do. */
export interface Noise {
  /** Variance over mean of the weekly counts; 1 is Poisson. */
  dispersion: number;
  /** What the dispersion is worth: degrees of freedom of the chi-square that varies as much. */
  degrees: number;
  /** Correlation of a week with the next one. */
  correlation: number;
  weeks: number;
}

const fewestWeeks = 8;

/**
 * The noise of a series of weekly counts around what was expected of each week: Pearson's dispersion, and the correlation of
 * neighbouring weeks, mended for its bias in short series. `null` under 8 weeks or without a case.
 * Source: McCullagh & Nelder 1989, section 6.2.3 (dispersion; degrees from the variance of a Poisson count's square);
 * Marriott & Pope 1954 (bias of the correlation). Cost: one pass.
 * @param counts cases by week
 * @param expected the fitted means of the same weeks, > 0
 * @param fitted how many numbers the means were fitted with: 1 for one rate, 2 for two
 */
export function noiseOf(
  counts: readonly number[],
  expected: readonly number[],
  fitted: number,
): Noise | null {
  const weeks = counts.length;
  if (weeks < fewestWeeks || !expected.every((mean) => mean > 0)) return null;
  const residuals = counts.map((count, i) => (count - expected[i]!) / Math.sqrt(expected[i]!));
  const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  const products = residuals.slice(1).reduce((sum, residual, i) => sum + residual * residuals[i]!, 0);
  const correlation = squares === 0 ? 0 : products / squares;
  const varianceOfSquare = 2 + expected.reduce((sum, mean) => sum + 1 / mean, 0) / weeks;
  return {
    dispersion: squares / (weeks - fitted),
    degrees: (2 * (weeks - fitted)) / varianceOfSquare,
    correlation: Math.max(-0.9, Math.min(0.9, correlation + (fitted + 3 * correlation) / weeks)),
    weeks,
  };
}
