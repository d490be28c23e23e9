import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "#analytics/statistics/benjamini-hochberg.ts";
import { rateRatio } from "#analytics/statistics/rate-ratio.ts";
import { whatMayBeSaid } from "#analytics/statistics/what-may-be-said.ts";

describe("rateRatio", () => {
  it("gives ratio and interval of the example in R's help of poisson.test", () => {
    const result = rateRatio(6 + 8 + 7, 11, 1083 + 1050 + 878, 800);
    expect(result?.ratio).toBeCloseTo(1.971488, 5);
    expect(result?.interval.low).toBeCloseTo(0.8584264, 4);
    expect(result?.interval.high).toBeCloseTo(4.277266, 4);
  });

  it("finds that halving is not provable on small counts (exact binomial tails by hand)", () => {
    expect(rateRatio(20, 10, 1, 1)?.p).toBeCloseTo(0.0987, 3);
    expect(rateRatio(30, 15, 1, 1)?.p).toBeCloseTo(0.0357, 3);
    expect(rateRatio(6, 0, 1, 1)?.p).toBeCloseTo(2 * 0.5 ** 6, 10);
    expect(rateRatio(5, 0, 1, 1)?.p).toBeCloseTo(2 * 0.5 ** 5, 10);
  });

  it("has no ratio from zero, but an interval", () => {
    const result = rateRatio(0, 8, 1, 1);
    expect(result?.ratio).toBeNull();
    expect(result?.interval.high).toBe(Infinity);
    expect(result?.interval.low).toBeGreaterThan(1);
  });

  it("says nothing where nothing was seen, and refuses an exposure of nothing", () => {
    expect(rateRatio(0, 0, 1, 1)).toBeNull();
    expect(() => rateRatio(1, 1, 0, 1)).toThrow("exposures > 0");
  });
});

describe("benjaminiHochberg", () => {
  it("rejects the four hypotheses of the example in Benjamini & Hochberg 1995, section 3.2", () => {
    const ps = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(benjaminiHochberg(ps).filter((q) => q <= 0.05)).toHaveLength(4);
  });

  it("gives what R's p.adjust gives, in the order of the input", () => {
    expect(benjaminiHochberg([0.05, 0.01, 0.04, 0.02, 0.03])).toEqual(
      [0.05, 0.05, 0.05, 0.05, 0.05].map((q) => expect.closeTo(q, 12)),
    );
    expect(benjaminiHochberg([0.5, 0.001])).toEqual([0.5, 0.002]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

it("fewer than 5 cases give a count, fewer than 30 a rate, and 30 a verb", () => {
  expect([0, 4, 5, 29, 30].map(whatMayBeSaid)).toEqual(["count", "count", "rate", "rate", "verb"]);
});
