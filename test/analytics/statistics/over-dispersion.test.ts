import { describe, expect, it } from "vitest";
import { overDispersion } from "#analytics/statistics/over-dispersion.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Row {
  series: number;
  count: number;
  exposure: number;
  phi: number;
  df: number;
  low: number;
  high: number;
}

describe("over-dispersion", () => {
  const rows = referenceTable<Row>("rates-and-shares", "dispersion");
  const seriesOf = (series: number) => rows.filter((row) => row.series === series);

  it("is that of R's glm(count ~ 1, offset = log(exposure), family = poisson): Pearson's chi-square over df", () => {
    for (const series of new Set(rows.map((row) => row.series))) {
      const table = seriesOf(series);
      const found = overDispersion(
        table.map(({ count }) => count),
        table.map(({ exposure }) => exposure),
      );
      expectNear(found?.phi, table[0]!.phi);
      expectNear(found?.interval.low, table[0]!.low);
      expectNear(found?.interval.high, table[0]!.high);
      expect(found?.degreesOfFreedom).toBe(table[0]!.df);
    }
  });

  it("leaves out what was not measured, and does not take it for zero", () => {
    const measured = overDispersion([12, 15, 9], [31, 28, 31]);
    expect(overDispersion([12, null, 15, 9, null], [31, 30, 28, 31, 30])).toEqual(measured);
    expect(overDispersion([12, 0, 15, 9, 0], [31, 30, 28, 31, 30])?.phi).toBeGreaterThan(measured?.phi ?? 0);
  });

  it("does not depend on the order of the periods nor on the unit of the exposure", () => {
    const found = overDispersion([4, 9, 2, 7], [1, 2, 1, 1]);
    expectNear(overDispersion([7, 2, 9, 4], [30, 30, 60, 30])?.phi, found?.phi ?? 0);
  });

  it("is 0 where all counts are what the rate says", () => {
    expect(overDispersion([5, 5, 10], [1, 1, 2])).toMatchObject({ phi: 0, interval: { low: 0, high: 0 } });
  });

  it("has no answer from one period, nor where there is no case", () => {
    expect(overDispersion([5, null], [1, 1])).toBeNull();
    expect(overDispersion([0, 0, 0], [1, 1, 1])).toBeNull();
    expect(overDispersion([], [])).toBeNull();
  });

  it("refuses lists of two lengths, negative counts and exposures of nothing", () => {
    expect(() => overDispersion([1], [1, 2])).toThrow("got 1 counts and 2 exposures");
    expect(() => overDispersion([1, 2], [1, 0])).toThrow("got 2 and 0");
    expect(() => overDispersion([-1, 2], [1, 1])).toThrow("got -1 and 1");
  });
});
