import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "#analytics/statistics/benjamini-hochberg.ts";
import { holm } from "#analytics/statistics/holm.ts";
import { rateRatio } from "#analytics/statistics/rate-ratio.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface RatioRow {
  before: number;
  after: number;
  exposureBefore: number;
  exposureAfter: number;
  ratio: number;
  low: number;
  high: number;
  p: number;
}

describe("rateRatio", () => {
  const rows = referenceTable<RatioRow>("rates-and-shares", "ratios");

  it("has the ratio and the interval of R's poisson.test(c(after, before), c(exposureAfter, exposureBefore))", () => {
    for (const { before, after, exposureBefore, exposureAfter, ratio, low, high } of rows) {
      const found = rateRatio(before, after, exposureBefore, exposureAfter);
      if (before > 0) expectNear(found?.ratio, ratio);
      expectNear(found?.interval.low, low);
      expectNear(found?.interval.high, high);
    }
  });

  it("has twice the smaller tail of R's pbinom as its p, not the p of poisson.test", () => {
    for (const { before, after, exposureBefore, exposureAfter, p } of rows)
      expectNear(rateRatio(before, after, exposureBefore, exposureAfter)?.p, p);
  });

  const counts = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 300 }));

  it("has p <= .05 exactly where the interval leaves out 1, so that the two never contradict each other", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 90 }), ([before, after], days) => {
        const { interval, p } = rateRatio(before, after, days, 30)!;
        expect(p <= 0.05).toBe(interval.low >= 1 || interval.high <= 1);
      }),
    );
  });

  it("is turned over where before and after change places", () => {
    fc.assert(
      fc.property(counts, ([before, after]) => {
        const [there, back] = [rateRatio(before, after, 91, 92), rateRatio(after, before, 92, 91)];
        expectNear(there?.p, back?.p ?? 0);
        expectNear(there?.interval.low, 1 / (back?.interval.high ?? 0));
      }),
    );
  });

  it("keeps the ratio of counts that are divided by their dispersion, and is less sure of it", () => {
    const [poisson, dispersed] = [rateRatio(40, 80, 1, 1), rateRatio(40 / 3, 80 / 3, 1, 1)];
    expect(dispersed?.ratio).toBeCloseTo(2, 12);
    expect(dispersed?.interval.low).toBeLessThan(poisson?.interval.low ?? 0);
    expect(dispersed?.interval.high).toBeGreaterThan(poisson?.interval.high ?? 9);
    expect(dispersed?.p).toBeGreaterThan(poisson?.p ?? 1);
  });

  it("finds that halving is not provable on small counts (exact binomial tails by hand)", () => {
    expect(rateRatio(20, 10, 1, 1)?.p).toBeCloseTo(0.0987, 3);
    expect(rateRatio(6, 0, 1, 1)?.p).toBeCloseTo(2 * 0.5 ** 6, 10);
  });

  it("has no ratio from zero, but an interval", () => {
    const result = rateRatio(0, 8, 1, 1);
    expect(result?.ratio).toBeNull();
    expect(result?.interval.high).toBe(Infinity);
    expect(result?.interval.low).toBeGreaterThan(1);
  });

  it("says nothing where nothing was seen, and refuses an exposure of nothing or a count below it", () => {
    expect(rateRatio(0, 0, 1, 1)).toBeNull();
    expect(() => rateRatio(1, 1, 0, 1)).toThrow("exposures > 0");
    expect(() => rateRatio(-1, 1, 1, 1)).toThrow("got -1 and 1");
  });
});

describe("adjusted p values", () => {
  const rows = referenceTable<{ family: number; p: number; bh: number; holm: number }>(
    "rates-and-shares",
    "families",
  );
  const families = [...new Set(rows.map(({ family }) => family))].map((family) =>
    rows.filter((row) => row.family === family),
  );

  it("are those of R's p.adjust, in the order of the input: BH and holm", () => {
    for (const family of families) {
      const ps = family.map(({ p }) => p);
      benjaminiHochberg(ps).forEach((q, i) => expectNear(q, family[i]!.bh, 1e-12));
      holm(ps).forEach((q, i) => expectNear(q, family[i]!.holm, 1e-12));
    }
  });

  it("reject four hypotheses of the example in Benjamini & Hochberg 1995, section 3.2", () => {
    const ps = families[0]!.map(({ p }) => p);
    expect(benjaminiHochberg(ps).filter((q) => q <= 0.05)).toHaveLength(4);
  });

  it("belong to their test, whatever the order, and Holm's is never the smaller", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (ps) => {
        const [bh, strict] = [benjaminiHochberg(ps), holm(ps)];
        expect(benjaminiHochberg(ps.toReversed())).toEqual(bh.toReversed());
        expect(holm(ps.toReversed())).toEqual(strict.toReversed());
        ps.forEach((p, i) => {
          expect(bh[i]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(strict[i]).toBeGreaterThanOrEqual(bh[i]! - 1e-12);
        });
      }),
    );
  });

  it("of no test are none, and what is no p is refused", () => {
    for (const adjust of [benjaminiHochberg, holm]) {
      expect(adjust([])).toEqual([]);
      expect(() => adjust([0.5, 1.5])).toThrow("at index 1, got 1.5");
    }
  });
});
