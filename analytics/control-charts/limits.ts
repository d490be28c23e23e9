/** Control limits of one point, in the unit of its value. `low <= nearLow <= centre <= nearHigh <= high`. */
export interface Limits {
  centre: number;
  /** Three sigma from the centre, or the equal of it on a skewed scale; cut where a value cannot lie. */
  low: number;
  high: number;
  /** Two sigma: beyond it a point is near a limit. */
  nearLow: number;
  nearHigh: number;
}

/** Limits from a centre and a sigma, cut to where values can lie. */
export function limitsAround(
  centre: number,
  sigma: number,
  lowest: number,
  highest: number = Infinity,
): Limits {
  const cut = (value: number) => Math.min(highest, Math.max(lowest, value));
  return {
    centre,
    low: cut(centre - 3 * sigma),
    high: cut(centre + 3 * sigma),
    nearLow: cut(centre - 2 * sigma),
    nearHigh: cut(centre + 2 * sigma),
  };
}
