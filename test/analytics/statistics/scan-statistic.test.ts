import { describe, expect, it } from "vitest";
import { randomFrom } from "#analytics/causes/random.ts";
import { type Scanned, scanStatistic } from "#analytics/statistics/scan-statistic.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Result {
  set: number;
  from: number;
  width: number;
  fewest: number;
  start: number | null;
  found: number | null;
  expected: number | null;
  /** Exact, over all choices; `null` in the large sets. */
  p: number | null;
  bound: number | null;
}

const days = Map.groupBy(
  referenceTable<{ set: number; events: number; population: number }>("scan", "days"),
  ({ set }) => set,
);
const results = referenceTable<Result>("scan", "results");

describe("the scan statistic", () => {
  // test/reference/scan.R: likelihood ratios by dbinom
  it("finds the window that R finds, with what its other days would have expected", () => {
    for (const wanted of results) {
      const found = scanStatistic(scannedOf(wanted), randomFrom(1));
      expect(found?.start ?? null).toBe(wanted.start);
      expect(found?.events ?? null).toBe(wanted.found);
      if (wanted.expected !== null) expectNear(found?.expected, wanted.expected);
    }
  });

  it("has the p value of looking at every choice of as many events (combn), but for chance", () => {
    const exact = results.filter(({ p }) => p !== null);
    expect(exact.length).toBeGreaterThan(12);
    for (const wanted of exact) {
      const seeds = Array.from({ length: 40 }, (_, seed) => seed);
      const ps = seeds.map((seed) => scanStatistic(scannedOf(wanted), randomFrom(seed))?.p ?? Number.NaN);
      const mean = ps.reduce((sum, p) => sum + p, 0) / ps.length;
      expect(mean / (wanted.p ?? 0), `set ${wanted.set}`).toBeGreaterThan(0.85);
      expect(mean / (wanted.p ?? 0), `set ${wanted.set}`).toBeLessThan(1.15);
    }
  });

  it("has the sum of binomial tails (pbinom) where that is less than drawing can show", () => {
    const large = results.filter(({ p, bound }) => p === null && bound !== null && bound < 1e-4);
    expect(large.length).toBeGreaterThan(4);
    for (const wanted of large)
      expectNear(scanStatistic(scannedOf(wanted), randomFrom(1))?.p, wanted.bound ?? 0);
  });

  it("finds nothing where the share is the same on all days, however large, or all of the population", () => {
    const flat = (share: number): Scanned => ({
      events: new Uint32Array(60).fill(share),
      population: new Uint32Array(60).fill(10),
      from: 30,
      width: 10,
      fewest: 1,
      dispersion: 1,
    });
    expect(scanStatistic(flat(9), randomFrom(1))).toBeNull();
    expect(scanStatistic(flat(10), randomFrom(1))).toBeNull();
    expect(scanStatistic(flat(0), randomFrom(1))).toBeNull();
  });

  it("does not look at a window of too few events", () => {
    const events = new Uint32Array(60);
    events.set([1, 1, 1, 1], 50);
    const scanned = { events, population: new Uint32Array(60).fill(10), from: 30, width: 10, dispersion: 1 };
    expect(scanStatistic({ ...scanned, fewest: 4 }, randomFrom(1))?.p).toBeLessThan(0.01);
    expect(scanStatistic({ ...scanned, fewest: 5 }, randomFrom(1))).toBeNull();
  });

  it("stands out less where the events vary beyond chance anyway", () => {
    const events = Uint32Array.from({ length: 120 }, (_, day) =>
      day >= 95 && day < 100 ? 2 : Number(day % 6 === 0),
    );
    const scanned = { events, population: new Uint32Array(120).fill(20), from: 90, width: 10, fewest: 5 };
    const [once, twice, thrice] = [1, 2, 3].map((dispersion) =>
      scanStatistic({ ...scanned, dispersion }, randomFrom(1)),
    );
    expect(twice?.p).toBeGreaterThan(2 * (once?.p ?? 1));
    expect(thrice?.p).toBeGreaterThan(twice?.p ?? 1);
    expect(thrice?.start).toBe(once?.start);
  });

  it("refuses a window that does not fit, and events that are no part of the population", () => {
    const none = new Uint32Array(9);
    const scanned = { events: none, population: none, from: 0, width: 3, fewest: 1, dispersion: 1 };
    expect(() => scanStatistic({ ...scanned, from: 7 }, randomFrom(1))).toThrow("within 9, got 3 from 7 on");
    expect(() =>
      scanStatistic({ ...scanned, events: Uint32Array.from(scanned.events, () => 1) }, randomFrom(1)),
    ).toThrow("part of the population");
  });
});

function scannedOf({ set, from, width, fewest }: Result): Scanned {
  const own = days.get(set) ?? [];
  return {
    events: Uint32Array.from(own, ({ events }) => events),
    population: Uint32Array.from(own, ({ population }) => population),
    from,
    width,
    fewest,
    dispersion: 1,
  };
}
