import { describe, expect, test } from "vitest";
import { randomFrom } from "#analytics/causes/random.ts";
import { cohensKappa } from "#analytics/metrics/cohens-kappa.ts";
import { kappaCoverage } from "#test/calibration/agreement.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

/** A table of counts, rows the one coder's codes, columns the other's, as pairs. */
function pairsOf(table: readonly (readonly number[])[]): [string, string][] {
  return table.flatMap((row, i) =>
    row.flatMap((count, j) => Array.from({ length: count }, (): [string, string] => [String(i), String(j)])),
  );
}

/**
 * Reference: R, by the numeric gradient of kappa and the delta method on Fisher's scale (test/reference/kappa.R). The kappas of
 * the first four are those of statsmodels 0.13.5 (`cohens_kappa`) and of scikit-learn 1.2.1 too, and so are their errors; the second
 * is the worked example of Cohen 1968 (kappa .492), also in the manual of R's `psych`.
 */
const references = referenceTable<{ table: number; kappa: number; low: number; high: number }>(
  "kappa",
  "kappas",
);
const cells = referenceTable<{ table: number; row: number; column: number; count: number }>("kappa", "cells");

function pairsOfTable(table: number): [string, string][] {
  return cells
    .filter((cell) => cell.table === table)
    .flatMap(({ row, column, count }) =>
      Array.from({ length: count }, (): [string, string] => [String(row), String(column)]),
    );
}

describe("Cohen's kappa", () => {
  test("and its interval are those that R computes without the formula", () => {
    for (const { table, kappa, low, high } of references) {
      const found = cohensKappa(pairsOfTable(table));
      expectNear(found?.kappa, kappa);
      expectNear(found?.interval?.low, low);
      expectNear(found?.interval?.high, high);
    }
  });

  test("has the error that statsmodels has", () => {
    // (0.533843063688452 - 0.4285714285714285) / 1.959964, its limit less its kappa
    const { kappa, interval } = cohensKappa(pairsOfTable(1))!;
    const width = (Math.atanh(interval!.high) - Math.atanh(interval!.low)) / 2;
    expect(width * (1 - kappa ** 2)).toBeCloseTo(0.533843063688452 - 0.4285714285714285, 12);
  });

  test("counts the cases and those with the same code", () => {
    expect(cohensKappa(pairsOfTable(1))).toMatchObject({ n: 200, agreed: 140 });
  });

  test("may be below what chance gives, and its interval stays above -1: kappa -/+ 1.96 errors would end at -1.011", () => {
    const found = cohensKappa(pairsOfTable(5));
    expect(found?.kappa).toBeCloseTo(-0.7, 12);
    expect(found?.interval?.low).toBeGreaterThan(-1);
  });

  test("is -1 without an interval where two codes are always told the other way round", () => {
    expect(
      cohensKappa(
        pairsOf([
          [0, 6],
          [6, 0],
        ]),
      ),
    ).toEqual({ n: 12, agreed: 0, kappa: expect.closeTo(-1, 12), interval: null });
  });

  test("is the same whoever is named first", () => {
    const pairs = pairsOfTable(1);
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

  test("lies in its interval in 94 to 97 % of samples, 92 to 98 here for chance", () => {
    const { coverage } = kappaCoverage(60, 0.6, 1000, randomFrom(5));
    expect(coverage).toBeGreaterThan(0.92);
    expect(coverage).toBeLessThan(0.98);
  });
});
