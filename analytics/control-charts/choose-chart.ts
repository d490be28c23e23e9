/** `t`: days between. `g`: opportunities between. `laney_u`: rate per exposure. `laney_p`: share of opportunities. `xmr`: counts. */
export type ChartKind = "t" | "g" | "laney_u" | "laney_p" | "xmr";

/**
 * What counts are taken of. `opportunities`: things each of which a case may come of, once (orders, contacts).
 * `exposure`: an amount (customers times days, hours of running). `none`: nothing is known.
 */
export type Denominator = "opportunities" | "exposure" | "none";

/** Fewer a month in the mean are rare: most months then have none, or one. */
export const fewestForCounts = 2;

/**
 * The chart that fits: rare cases by what lies between them, others by rate where there is something to take a rate of,
 * else by count. `null` where no month is measured.
 * Source: PRODUCT rules on control charts, after Provost & Murray, The Health Care Data Guide, chapters 5 and 7.
 * @param monthlyMean cases a month over the baseline, >= 0; `null`: no month is measured
 */
export function chooseChart(monthlyMean: number | null, denominator: Denominator): ChartKind | null {
  if (monthlyMean === null) return null;
  if (!(monthlyMean >= 0)) throw new RangeError(`chooseChart: expected a mean >= 0, got ${monthlyMean}`);
  const isRare = monthlyMean < fewestForCounts;
  if (denominator === "opportunities") return isRare ? "g" : "laney_p";
  if (isRare) return "t";
  return denominator === "exposure" ? "laney_u" : "xmr";
}
