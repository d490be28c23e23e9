import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byarInterval } from "#analytics/statistics/byar-interval.ts";
import { clopperPearson } from "#analytics/statistics/clopper-pearson.ts";
import type { Interval } from "#analytics/statistics/interval.ts";
import { newcombeDifference } from "#analytics/statistics/newcombe-difference.ts";
import { poissonInterval } from "#analytics/statistics/poisson-interval.ts";
import { wilson } from "#analytics/statistics/wilson.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Limits {
  low: number;
  high: number;
}
const width = (interval: Interval | null) => (interval === null ? Number.NaN : interval.high - interval.low);

describe("the intervals of a share", () => {
  const rows = referenceTable<{ hits: number; n: number } & Record<string, number>>(
    "rates-and-shares",
    "shares",
  );

  it("are R's: Wilson's of prop.test(correct = FALSE)", () => {
    for (const { hits, n, wilsonLow, wilsonHigh } of rows) {
      expectNear(wilson(hits, n)?.low, wilsonLow!);
      expectNear(wilson(hits, n)?.high, wilsonHigh!);
    }
  });

  it("are R's: the exact ones of binom.test", () => {
    for (const { hits, n, exactLow, exactHigh } of rows) {
      expectNear(clopperPearson(hits, n)?.low, exactLow!);
      expectNear(clopperPearson(hits, n)?.high, exactHigh!);
    }
  });

  it("hold the share, shrink where all cases come twice, and mirror where hits are called misses", () => {
    const part = fc.nat(500).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    for (const interval of [wilson, clopperPearson])
      fc.assert(
        fc.property(part, ([hits, n]) => {
          const found = interval(hits, n);
          if (found === null) return n === 0;
          const mirrored = interval(n - hits, n);
          expect(found.low).toBeCloseTo(1 - (mirrored?.high ?? Number.NaN), 10);
          expect(width(interval(2 * hits, 2 * n))).toBeLessThan(width(found));
          return found.low <= hits / n && hits / n <= found.high;
        }),
      );
  });

  it("have no answer for no cases, and refuse more hits than cases", () => {
    expect(wilson(0, 0)).toBeNull();
    expect(clopperPearson(0, 0)).toBeNull();
    expect(() => wilson(3, 2)).toThrow("got 3 of 2");
    expect(() => clopperPearson(3, 2)).toThrow("got 3 of 2");
    expect(() => clopperPearson(0.5, 2)).toThrow("got 0.5 of 2");
  });
});

describe("the intervals of a count", () => {
  const rows = referenceTable<{ count: number; byarLow: number; byarHigh: number } & Limits>(
    "rates-and-shares",
    "means",
  );

  it("are R's: the exact ones of poisson.test", () => {
    for (const { count, low, high } of rows) {
      expectNear(poissonInterval(count).low, low);
      expectNear(poissonInterval(count).high, high);
    }
  });

  it("are Byar's by his formula in R, within .2 % of the exact ones from 10 cases", () => {
    for (const { count, byarLow, byarHigh, low, high } of rows) {
      expectNear(byarInterval(count).low, byarLow);
      expectNear(byarInterval(count).high, byarHigh);
      if (count < 10) continue;
      expectNear(byarInterval(count).low, low, 0.002);
      expectNear(byarInterval(count).high, high, 0.002);
    }
  });

  it("are narrower for the mean of a period, the longer it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 2, max: 9 }), (count, times) => {
        expect(width(poissonInterval(count * times)) / times).toBeLessThan(width(poissonInterval(count)));
        expect(width(byarInterval(count * times)) / times).toBeLessThan(width(byarInterval(count)));
      }),
    );
  });

  it("refuse what is no count", () => {
    for (const interval of [poissonInterval, byarInterval]) {
      expect(() => interval(1.5)).toThrow("got 1.5");
      expect(() => interval(-1)).toThrow("got -1");
    }
  });
});

describe("the difference of two shares", () => {
  const rows = referenceTable<{ hits1: number; n1: number; hits2: number; n2: number } & Limits>(
    "rates-and-shares",
    "differences",
  );

  it("has the interval that follows from R's prop.test(correct = FALSE) of each", () => {
    for (const { hits1, n1, hits2, n2, low, high } of rows) {
      const found = newcombeDifference(hits1, n1, hits2, n2);
      expect(found?.low).toBeCloseTo(low, 12);
      expect(found?.high).toBeCloseTo(high, 12);
    }
  });

  it("has the intervals that Newcombe 1998 prints in table II for 56/70 - 48/80, 9/10 - 3/10 and 5/56 - 0/29", () => {
    const limits = (hitsA: number, nA: number, hitsB: number, nB: number) => {
      const found = newcombeDifference(hitsA, nA, hitsB, nB);
      return [found?.low.toFixed(4), found?.high.toFixed(4)];
    };
    expect(limits(56, 70, 48, 80)).toEqual(["0.0524", "0.3339"]);
    expect(limits(9, 10, 3, 10)).toEqual(["0.1705", "0.8090"]);
    expect(limits(5, 56, 0, 29)).toEqual(["-0.0381", "0.1926"]);
  });

  it("changes its sign where the two change places", () => {
    const part = fc.integer({ min: 1, max: 300 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(part, part, (one, other) => {
        const [there, back] = [newcombeDifference(...one, ...other), newcombeDifference(...other, ...one)];
        expect(there?.low).toBeCloseTo(-(back?.high ?? Number.NaN), 12);
        expect(there?.low).toBeGreaterThanOrEqual(-1 - 1e-12);
      }),
    );
  });

  it("has no answer where one of the two has no cases", () => {
    expect(newcombeDifference(0, 0, 1, 2)).toBeNull();
    expect(newcombeDifference(1, 2, 0, 0)).toBeNull();
  });
});
