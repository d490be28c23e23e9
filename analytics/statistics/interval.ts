/** A two-sided interval; `low <= estimate <= high`. */
export interface Interval {
  low: number;
  high: number;
}

/** The 97.5 % quantile of the standard normal distribution: every interval of the product is a 95 % one. */
export const z95 = 1.959963984540054;
