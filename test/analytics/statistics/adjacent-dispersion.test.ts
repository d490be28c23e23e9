import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjacentDispersion } from "#analytics/statistics/adjacent-dispersion.ts";
import { shrunkDispersions } from "#analytics/statistics/shrunk-dispersions.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Wanted {
  series: number;
  phi: number;
  pairs: number;
  common: number;
  shrunk: number;
}

const counts = referenceTable<{ series: number; count: number; days: number }>(
  "adjacent-dispersion",
  "counts",
);
const wanted = referenceTable<Wanted>("adjacent-dispersion", "dispersions");
const dispersionOf = (series: number) => {
  const rows = counts.filter((row) => row.series === series);
  return adjacentDispersion(
    rows.map(({ count }) => count),
    rows.map(({ days }) => days),
  );
};

describe("the dispersion of neighbours", () => {
  it("is the mean of R's chisq.test(pair, p = days) over the pairs of ten cases and more", () => {
    for (const { series, phi, pairs } of wanted) {
      expectNear(dispersionOf(series)?.phi, phi);
      expect(dispersionOf(series)?.pairs).toBe(pairs);
    }
  });

  it("hardly sees a step, but sees what goes up and down", () => {
    const days = [1, 1, 1, 1, 1, 1, 1, 1];
    const step = adjacentDispersion([40, 44, 38, 41, 80, 84, 79, 82], days);
    const jumps = adjacentDispersion([40, 80, 38, 84, 41, 79, 44, 82], days);
    expect(step?.phi).toBeLessThan(2.5);
    expect(jumps?.phi).toBeGreaterThan(10);
  });

  it("leaves out the pairs of a period that was not measured, and does not take it for zero", () => {
    const ones = [1, 1, 1, 1, 1];
    expect(adjacentDispersion([40, null, 90, 88, 91], ones)).toEqual(
      adjacentDispersion([90, 88, 91], [1, 1, 1]),
    );
    expect(adjacentDispersion([40, 0, 90, 88, 91], ones)?.pairs).toBe(4);
  });

  it("has no answer where no pair has ten cases, and refuses lists of two lengths", () => {
    expect(adjacentDispersion([4, 5, 4], [1, 1, 1])).toBeNull();
    expect(adjacentDispersion([5, 5], [1, 1])?.pairs).toBe(1);
    expect(adjacentDispersion([90], [1])).toBeNull();
    expect(() => adjacentDispersion([1, 2], [1])).toThrow("got 2 counts and 1 exposures");
  });
});

describe("dispersions shrunk over series", () => {
  it("are those that R computes by moments", () => {
    const { phis, common } = shrunkDispersions(wanted.map(({ series }) => dispersionOf(series)));
    expectNear(common, wanted[0]!.common);
    wanted.forEach(({ shrunk }, i) => expectNear(phis[i], shrunk));
  });

  it("are the common one where nothing is known of a series, and 1 where nothing is known of any", () => {
    expect(shrunkDispersions([{ phi: 3, pairs: 4 }, null])).toEqual({ phis: [3, 3], common: 3 });
    expect(shrunkDispersions([null, null])).toEqual({ phis: [1, 1], common: null });
    expect(shrunkDispersions([])).toEqual({ phis: [], common: null });
  });

  it("are never under 1, not even where counts are all alike", () => {
    expect(shrunkDispersions([{ phi: 0, pairs: 9 }]).phis).toEqual([1]);
    expect(shrunkDispersions([{ phi: 0.2, pairs: 9 }, null]).phis).toEqual([1, 1]);
  });

  it("lie between a series' own and the common one, the nearer to its own the more pairs it has", () => {
    const others = [1, 1.2, 9, 1.1, 8].map((phi) => ({ phi, pairs: 20 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (pairs) => {
        const { phis, common } = shrunkDispersions([...others, { phi: 20, pairs }]);
        expect(phis[5]).toBeGreaterThanOrEqual(common! - 1e-9);
        expect(phis[5]).toBeLessThanOrEqual(20);
      }),
    );
    const shrunk = (pairs: number) => shrunkDispersions([...others, { phi: 20, pairs }]).phis[5]!;
    expect(shrunk(40)).toBeGreaterThan(shrunk(4));
  });
});
