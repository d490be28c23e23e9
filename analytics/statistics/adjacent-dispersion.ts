export interface AdjacentDispersion {
  /** Variance over mean of what changes from one period to the next: 1 where the counts are Poisson. */
  phi: number;
  /** Pairs of neighbours that it rests on. */
  pairs: number;
}

/**
 * How much counts change from one period to the next, beyond what a Poisson's chance makes: the mean of Pearson's
 * chi-square (one degree of freedom) over all pairs of neighbours. A step or a slow drift in the series hardly moves
 * it, unlike `overDispersion`, which is about one unchanged rate; and neighbours that resemble each other make it less.
 * A period that is not measured is `null`, and so are its pairs. Pairs of fewer than 10 cases together are left out:
 * with one case chi-square is 1 whatever the dispersion (Cochran 1954: 5 expected on each side).
 * `null` where no pair is left.
 * Source: von Neumann et al. 1941 (mean square successive difference), given each pair's sum. Cost: one pass.
 * @param counts cases a period, >= 0 or `null`, in the order of time
 * @param exposures days, orders or contacts of each period, > 0
 */
export function adjacentDispersion(
  counts: readonly (number | null)[],
  exposures: readonly number[],
): AdjacentDispersion | null {
  if (counts.length !== exposures.length)
    throw new RangeError(
      `adjacentDispersion: got ${counts.length} counts and ${exposures.length} exposures, expected as many`,
    );
  let [sum, pairs] = [0, 0];
  for (let i = 1; i < counts.length; i++) {
    const [before, after] = [counts[i - 1]!, counts[i]!]; // both indices lie below the length
    if (before === null || after === null || before + after < fewestCases) continue;
    const expected = ((before + after) * exposures[i]!) / (exposures[i - 1]! + exposures[i]!);
    sum += (after - expected) ** 2 * (1 / expected + 1 / (before + after - expected));
    pairs++;
  }
  return pairs === 0 ? null : { phi: sum / pairs, pairs };
}

const fewestCases = 10;
