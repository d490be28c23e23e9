/** Two groups of cases that are alike in what they are stratified by (the same cause, the same severity). */
export interface Stratum {
  /** Cases with the property, of the group that was given something. 0..nWith. */
  hitsWith: number;
  nWith: number;
  /** The same of the group that was not. */
  hitsWithout: number;
  nWithout: number;
}

/** The strata in which both groups have a case: no other can compare them. Throws where hits are more than cases. */
export function comparable(strata: readonly Stratum[]): Stratum[] {
  for (const { hitsWith, nWith, hitsWithout, nWithout } of strata)
    if (!(hitsWith >= 0 && hitsWith <= nWith && hitsWithout >= 0 && hitsWithout <= nWithout))
      throw new RangeError(
        `Expected hits between 0 and the cases of a stratum, got ${hitsWith} of ${nWith} and ${hitsWithout} of ${nWithout}`,
      );
  return strata.filter(({ nWith, nWithout }) => nWith > 0 && nWithout > 0);
}
