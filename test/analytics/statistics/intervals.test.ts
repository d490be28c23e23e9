import { describe, expect, it } from "vitest";
import { poissonInterval } from "#analytics/statistics/poisson-interval.ts";
import { wilson } from "#analytics/statistics/wilson.ts";

describe("wilson", () => {
  it("gives the intervals of Newcombe 1998, table I (method 3)", () => {
    const table: [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [hits, n, low, high] of table) {
      expect(wilson(hits, n)?.low).toBeCloseTo(low, 4);
      expect(wilson(hits, n)?.high).toBeCloseTo(high, 4);
    }
  });

  it("has no answer for no cases, and refuses more hits than cases", () => {
    expect(wilson(0, 0)).toBeNull();
    expect(() => wilson(3, 2)).toThrow("got 3 of 2");
  });
});

describe("poissonInterval", () => {
  it("gives the exact limits of Garwood 1936 as tables print them (and R's poisson.test)", () => {
    const table: [number, number, number][] = [
      [0, 0, 3.689],
      [3, 0.619, 8.767],
      [10, 4.795, 18.39],
      [100, 81.364, 121.627],
    ];
    for (const [count, low, high] of table) {
      expect(poissonInterval(count).low).toBeCloseTo(low, 3);
      expect(poissonInterval(count).high).toBeCloseTo(high, 3);
    }
  });

  it("refuses what is no count", () => {
    expect(() => poissonInterval(1.5)).toThrow("got 1.5");
    expect(() => poissonInterval(-1)).toThrow("got -1");
  });
});
