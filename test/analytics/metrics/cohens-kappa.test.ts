import { describe, expect, test } from "vitest";
import { cohensKappa } from "#analytics/metrics/cohens-kappa.ts";

/** A table of counts, rows the one coder's codes, columns the other's, as pairs. */
function pairsOf(table: readonly (readonly number[])[]): [string, string][] {
  return table.flatMap((row, i) =>
    row.flatMap((count, j) => Array.from({ length: count }, (): [string, string] => [String(i), String(j)])),
  );
}

/**
 * Reference: `cohens_kappa` of statsmodels 0.13.5 (Python): kappa, its standard error and 95 % limits, all by Fleiss,
 * Cohen & Everitt 1969; the kappas are also those of scikit-learn 1.2.1's `cohen_kappa_score`. The second table is the
 * worked example of Cohen 1968 (kappa .492), also in the manual of R's `psych`.
 */
const published = [
  {
    table: [
      [106, 10, 4],
      [22, 28, 10],
      [2, 12, 6],
    ],
    kappa: 0.4285714285714285,
    low: 0.32329979345440496,
    high: 0.533843063688452,
  },
  {
    table: [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ],
    kappa: 0.49152542372881347,
    low: 0.3915637020535469,
    high: 0.59148714540408,
  },
  {
    table: [
      [20, 5],
      [10, 15],
    ],
    kappa: 0.4,
    low: 0.151092290476661,
    high: 0.6489077095233389,
  },
  {
    table: [
      [12, 1, 0, 2, 0],
      [0, 9, 2, 0, 1],
      [1, 0, 7, 0, 0],
      [0, 3, 0, 5, 1],
      [0, 0, 1, 0, 5],
    ],
    kappa: 0.6945010183299389,
    low: 0.5451392112204666,
    high: 0.8438628254394113,
  },
];

describe("Cohen's kappa", () => {
  test.each(published)(
    "is $kappa with the interval that statsmodels gives",
    ({ table, kappa, low, high }) => {
      const found = cohensKappa(pairsOf(table));
      expect(found?.kappa).toBeCloseTo(kappa, 12);
      expect(found?.interval?.low).toBeCloseTo(low, 12);
      expect(found?.interval?.high).toBeCloseTo(high, 12);
    },
  );

  test("counts the cases and those with the same code", () => {
    expect(cohensKappa(pairsOf(published[0]!.table))).toMatchObject({ n: 200, agreed: 140 });
  });

  test("may be below what chance gives, and its interval ends at -1: statsmodels has -1.011", () => {
    const found = cohensKappa(
      pairsOf([
        [1, 9],
        [8, 2],
      ]),
    );
    expect(found?.kappa).toBeCloseTo(-0.7, 12);
    expect(found?.interval?.low).toBe(-1);
    expect(found?.interval?.high).toBeCloseTo(-0.3885876882195828, 12);
  });

  test("is the same whoever is named first", () => {
    const pairs = pairsOf(published[0]!.table);
    const turned = pairs.map(([one, other]): [string, string] => [other, one]);
    expect(cohensKappa(turned)?.kappa).toBeCloseTo(cohensKappa(pairs)?.kappa ?? 0, 12);
    expect(cohensKappa(turned)?.interval?.low).toBeCloseTo(cohensKappa(pairs)?.interval?.low ?? 0, 12);
  });

  test("is 1 without an interval where the two agree throughout: no error was seen to measure", () => {
    expect(
      cohensKappa(
        pairsOf([
          [12, 0],
          [0, 8],
        ]),
      ),
    ).toEqual({ n: 20, agreed: 20, kappa: 1, interval: null });
  });

  test("does not exist where there is no case, or one code alone: chance would agree as well", () => {
    expect(cohensKappa([])).toBeNull();
    expect(cohensKappa(pairsOf([[20]]))).toBeNull();
  });
});
