import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mantelHaenszelDifference } from "#analytics/statistics/mantel-haenszel-difference.ts";
import { mantelHaenszelRatio } from "#analytics/statistics/mantel-haenszel-ratio.ts";
import { mantelHaenszelTest } from "#analytics/statistics/mantel-haenszel-test.ts";
import { newcombeDifference } from "#analytics/statistics/newcombe-difference.ts";
import type { Stratum } from "#analytics/statistics/stratum.ts";
import { trendOfShares } from "#analytics/statistics/trend-of-shares.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface StratumRow {
  set: number;
  hits_with: number;
  n_with: number;
  hits_without: number;
  n_without: number;
}
interface CommonRow {
  set: number;
  difference: number;
  difference_low: number;
  difference_high: number;
  ratio: number;
  ratio_low: number;
  ratio_high: number;
  p: number;
}

const common = referenceTable<CommonRow>("comparisons", "common");

function strataOf(set: number): Stratum[] {
  return referenceTable<StratumRow>("comparisons", "strata")
    .filter((row) => row.set === set)
    .map((row) => ({
      hitsWith: row.hits_with,
      nWith: row.n_with,
      hitsWithout: row.hits_without,
      nWithout: row.n_without,
    }));
}

const anyStratum = fc
  .tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20))
  .map(([hitsWith, otherWith, hitsWithout, otherWithout]) => ({
    hitsWith,
    nWith: hitsWith + otherWith,
    hitsWithout,
    nWithout: hitsWithout + otherWithout,
  }));

describe("two groups over strata", () => {
  it("have the common difference and ratio that R computes from the papers' formulas", () => {
    for (const row of common) {
      const difference = mantelHaenszelDifference(strataOf(row.set));
      expectNear(difference?.difference, row.difference);
      expectNear(difference?.interval?.low, row.difference_low);
      expectNear(difference?.interval?.high, row.difference_high);
      const ratio = mantelHaenszelRatio(strataOf(row.set));
      expectNear(ratio?.ratio, row.ratio);
      expectNear(ratio?.interval?.low, row.ratio_low);
      expectNear(ratio?.interval?.high, row.ratio_high);
    }
  });

  it("have the p of R's mantelhaen.test", () => {
    for (const row of common) expectNear(mantelHaenszelTest(strataOf(row.set)), row.p);
  });

  it("are the textbook's: the diabetes trial of Rothman & Greenland has .035 and 1.33", () => {
    expect(mantelHaenszelDifference(strataOf(7))?.difference).toBeCloseTo(0.035, 3);
    expect(mantelHaenszelRatio(strataOf(7))?.ratio).toBeCloseTo(1.33, 2);
  });

  it("do not blame a group for its hard cases: alike in each stratum, they differ only in the sum", () => {
    const strata = [
      { hitsWith: 9, nWith: 10, hitsWithout: 81, nWithout: 90 },
      { hitsWith: 18, nWith: 90, hitsWithout: 2, nWithout: 10 },
    ];
    expect(newcombeDifference(27, 100, 83, 100)?.high).toBeLessThan(-0.4);
    expect(mantelHaenszelDifference(strata)?.difference).toBeCloseTo(0, 12);
    expect(mantelHaenszelRatio(strata)?.ratio).toBeCloseTo(1, 12);
    expect(mantelHaenszelTest(strata)).toBe(1);
  });

  it("can't be compared where no stratum has both, and not divided by none", () => {
    const apart = [
      { hitsWith: 3, nWith: 9, hitsWithout: 0, nWithout: 0 },
      { hitsWith: 0, nWith: 0, hitsWithout: 4, nWithout: 8 },
    ];
    expect(mantelHaenszelDifference(apart)).toBeNull();
    expect(mantelHaenszelRatio(apart)).toBeNull();
    expect(mantelHaenszelTest(apart)).toBeNull();
    expect(mantelHaenszelRatio([{ hitsWith: 3, nWith: 9, hitsWithout: 0, nWithout: 5 }])).toBeNull();
  });

  it("have no interval where every case hit: the error is not to be seen", () => {
    const all = [{ hitsWith: 9, nWith: 9, hitsWithout: 8, nWithout: 8 }];
    expect(mantelHaenszelDifference(all)).toEqual({ difference: 0, interval: null });
    expect(mantelHaenszelTest(all)).toBeNull();
  });

  it("refuse more hits than cases", () => {
    expect(() => mantelHaenszelTest([{ hitsWith: 3, nWith: 2, hitsWithout: 0, nWithout: 5 }])).toThrow(
      "got 3 of 2 and 0 of 5",
    );
  });

  it("are the same in any order of the strata, and turn round when the groups do", () => {
    fc.assert(
      fc.property(fc.array(anyStratum, { minLength: 1, maxLength: 6 }), (strata) => {
        const found = mantelHaenszelDifference(strata);
        const reversed = mantelHaenszelDifference(strata.toReversed());
        const turned = mantelHaenszelDifference(
          strata.map((s) => ({
            hitsWith: s.hitsWithout,
            nWith: s.nWithout,
            hitsWithout: s.hitsWith,
            nWithout: s.nWith,
          })),
        );
        expect(reversed?.difference ?? 9).toBeCloseTo(found?.difference ?? 9, 12);
        expect(turned?.difference ?? 9).toBeCloseTo(found === null ? 9 : -found.difference, 12);
        expect(turned?.interval?.low ?? 9).toBeCloseTo(found?.interval ? -found.interval.high : 9, 10);
      }),
    );
  });

  it("are known better with every case doubled", () => {
    fc.assert(
      fc.property(fc.array(anyStratum, { minLength: 1, maxLength: 6 }), (strata) => {
        const widthOf = (factor: number) => {
          const interval = mantelHaenszelDifference(
            strata.map((s) => ({
              hitsWith: s.hitsWith * factor,
              nWith: s.nWith * factor,
              hitsWithout: s.hitsWithout * factor,
              nWithout: s.nWithout * factor,
            })),
          )?.interval;
          return interval ? interval.high - interval.low : 0;
        };
        expect(widthOf(2)).toBeLessThanOrEqual(widthOf(1));
      }),
    );
  });
});

describe("Newcombe's interval of a difference", () => {
  it("is made of the Wilson limits of R's prop.test", () => {
    const rows = referenceTable<
      Record<"hitsA" | "nA" | "hitsB" | "nB", number> & { low: number; high: number }
    >("comparisons", "newcombe");
    for (const { hitsA, nA, hitsB, nB, low, high } of rows) {
      const interval = newcombeDifference(hitsA, nA, hitsB, nB);
      expect(interval?.low).toBeCloseTo(low, 12);
      expect(interval?.high).toBeCloseTo(high, 12);
    }
  });

  it("is (.0524, .3339) of 56/70 and 48/80, as in Newcombe 1998, table II", () => {
    expect(newcombeDifference(56, 70, 48, 80)?.low).toBeCloseTo(0.0524, 4);
    expect(newcombeDifference(56, 70, 48, 80)?.high).toBeCloseTo(0.3339, 4);
  });

  it("does not exist where a group is empty", () => {
    expect(newcombeDifference(0, 0, 4, 8)).toBeNull();
  });
});

describe("a trend of shares", () => {
  it("has the p of R's prop.trend.test", () => {
    const groups = referenceTable<{ set: number; score: number; hits: number; n: number }>(
      "comparisons",
      "trend_groups",
    );
    for (const { set, p } of referenceTable<{ set: number; p: number }>("comparisons", "trend"))
      expectNear(trendOfShares(groups.filter((group) => group.set === set)), p);
  });

  it("can't be told of one score, or where all hit", () => {
    expect(trendOfShares([{ score: 1, hits: 2, n: 5 }])).toBeNull();
    expect(
      trendOfShares([
        { score: 1, hits: 5, n: 5 },
        { score: 2, hits: 5, n: 5 },
      ]),
    ).toBeNull();
    expect(trendOfShares([])).toBeNull();
  });
});
