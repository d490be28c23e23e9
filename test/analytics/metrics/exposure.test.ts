import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coveredDays } from "#analytics/metrics/covered-days.ts";
import { exposureIn, exposureRate } from "#analytics/metrics/exposure.ts";
import { weeklyCounts } from "#analytics/second-fix/weekly-counts.ts";
import { weeklyExposure } from "#analytics/second-fix/weekly-exposure.ts";

const fourWeeks = { start: 700, end: 728 };
const daily = (value: (day: number) => number) =>
  new Map(Array.from({ length: 28 }, (_, i) => [700 + i, value(700 + i)]));

describe("exposure", () => {
  it("of a period is the sum of its days, and unknown where one is missing", () => {
    const days = daily((day) => day - 699);
    expect(exposureIn(days, { start: 700, end: 703 })).toBe(1 + 2 + 3);
    expect(exposureIn(days, { start: 700, end: 700 })).toBe(0);
    expect(exposureIn(days, { start: 699, end: 703 })).toBeNull();
    expect(exposureIn(days, { start: 727, end: 729 })).toBeNull();
    days.delete(701);
    expect(exposureIn(days, { start: 700, end: 703 })).toBeNull();
    days.set(701, 0); // a day without an order is known
    expect(exposureIn(days, { start: 700, end: 703 })).toBe(1 + 3);
  });

  it("of weeks is unknown in the weeks of a missing day alone, and as many as the counts", () => {
    const days = daily(() => 10);
    expect(weeklyExposure(days, fourWeeks)).toEqual([70, 70, 70, 70]);
    days.delete(713); // the last day of the second week
    expect(weeklyExposure(days, fourWeeks)).toEqual([70, null, 70, 70]);
    expect(weeklyExposure(days, fourWeeks)).toHaveLength(weeklyCounts([], fourWeeks).length);
    expect(weeklyExposure(days, { start: 700, end: 700 })).toEqual([]);
    expect(() => weeklyExposure(days, { start: 700, end: 713 })).toThrow("expected a period of whole weeks");
  });

  it("of weeks sums to that of the period, wherever the period begins", () => {
    const whole = fc.record({
      start: fc.integer({ min: 0, max: 50 }),
      weeks: fc.integer({ min: 0, max: 6 }),
    });
    const values = fc.array(fc.nat(1000), { minLength: 100, maxLength: 100 });
    fc.assert(
      fc.property(whole, values, ({ start, weeks }, all) => {
        const period = { start, end: start + 7 * weeks };
        const days = new Map(all.map((value, day) => [day, value]));
        const sum = weeklyExposure(days, period).reduce<number>((total, week) => total + (week ?? 0), 0);
        expect(sum).toBe(exposureIn(days, period));
      }),
    );
  });

  it("gives cases per 1,000 with the exact interval of their count", () => {
    // Half of the chi-square quantiles of 20 and 22 degrees of freedom, 9.591 and 36.781 in any table (Garwood 1936).
    const rate = exposureRate(10, 4000);
    expect(rate?.rate).toBe(2.5);
    expect(rate?.interval.low).toBeCloseTo(4.795 / 4, 3);
    expect(rate?.interval.high).toBeCloseTo(18.39 / 4, 3);
    expect(exposureRate(0, 1000)).toMatchObject({ rate: 0, interval: { low: 0 } });
    expect(exposureRate(3, null)).toBeNull();
    expect(exposureRate(3, 0)).toBeNull();
  });
});

describe("the days of a series", () => {
  it("are told with the days between them that are missing", () => {
    expect(coveredDays([])).toBeNull();
    expect(coveredDays([5])).toEqual({ reach: { start: 5, end: 6 }, days: 1, gaps: [] });
    expect(coveredDays([5, 6, 9, 10, 12])).toEqual({
      reach: { start: 5, end: 13 },
      days: 5,
      gaps: [
        { start: 7, end: 9 },
        { start: 11, end: 12 },
      ],
    });
  });
});
