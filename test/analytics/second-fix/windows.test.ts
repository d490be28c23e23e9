import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterStart, fixWindows } from "#analytics/second-fix/fix-windows.ts";
import { type CheckedFix, overlappingFixes } from "#analytics/second-fix/overlapping-fixes.ts";
import { weeklyCounts } from "#analytics/second-fix/weekly-counts.ts";

const fix: CheckedFix = {
  fixId: 1,
  causeId: 5,
  decidedOn: 940,
  implementedFrom: 1_000,
  implementedTo: 1_003,
  washInDays: 14,
  checkOn: 1_100,
  windowEnd: 1_200,
  targetCut: 0.5,
};

describe("the windows of a second fix", () => {
  it("are whole weeks that leave out the wash-in and the days on which it was put in place", () => {
    expect(fixWindows(fix, { start: 795, end: 1_060 })).toEqual({
      before: { start: 797, end: 1_000 },
      after: { start: 1_017, end: 1_059 },
    });
  });

  it("reach back 104 weeks at most, and no further than the window's end", () => {
    const { before, after } = fixWindows(fix, { start: 0, end: 9_999 });
    expect(before.start).toBe(1_000 - 7 * 104);
    expect(after).toEqual({ start: 1_017, end: 1_199 });
  });

  it("are empty where there are no data yet", () => {
    const { before, after } = fixWindows(fix, { start: 998, end: 1_001 });
    expect(before).toEqual({ start: 1_000, end: 1_000 });
    expect(after).toEqual({ start: 1_017, end: 1_017 });
  });

  it("refuse dates out of order", () => {
    expect(() => fixWindows({ ...fix, checkOn: 1_001 }, { start: 0, end: 9 })).toThrow("got 940, 1000");
  });
});

describe("weekly counts", () => {
  it("leave out unknown days and those of other weeks, in any order", () => {
    expect(weeklyCounts([13, Number.NaN, 0, 14, 6, -1, 7], { start: 0, end: 14 })).toEqual([2, 2]);
  });

  it("add up to the same however the cases are split", () => {
    const days = fc.array(fc.integer({ min: -5, max: 40 }));
    fc.assert(
      fc.property(days, days, (some, others) => {
        const period = { start: 0, end: 35 };
        const [a, b] = [weeklyCounts(some, period), weeklyCounts(others, period)];
        expect(weeklyCounts([...others, ...some], period)).toEqual(a.map((count, week) => count + b[week]!));
      }),
    );
  });

  it("refuse a period of broken weeks", () => {
    expect(() => weeklyCounts([], { start: 0, end: 13 })).toThrow("got 0 to 13");
  });
});

describe("fixes that overlap", () => {
  const second = {
    ...fix,
    fixId: 2,
    implementedFrom: 1_150,
    implementedTo: 1_150,
    checkOn: 1_250,
    windowEnd: 1_300,
    targetCut: 0.3,
  };
  const third = {
    ...fix,
    fixId: 3,
    implementedFrom: 1_290,
    implementedTo: 1_290,
    checkOn: 1_390,
    windowEnd: 1_500,
  };

  it("are judged as one, also by way of a third, and say which they are", () => {
    expect(overlappingFixes([third, fix, second])).toEqual([
      {
        fixIds: [1, 2, 3],
        causeId: 5,
        decidedOn: 940,
        implementedFrom: 1_000,
        implementedTo: 1_290,
        washInDays: 14,
        checkOn: 1_390,
        windowEnd: 1_500,
        targetCut: 0.5,
      },
    ]);
  });

  it("stay apart when one has ended, or when they are of two causes", () => {
    const groups = overlappingFixes([fix, third, { ...second, causeId: 6 }]);
    expect(groups.map(({ fixIds }) => fixIds)).toEqual([[1], [3], [2]]);
  });

  it("wait for the latest wash-in of them all", () => {
    const slow = { ...fix, washInDays: 90, checkOn: 1_100 };
    const quick = {
      ...fix,
      fixId: 2,
      implementedFrom: 1_010,
      implementedTo: 1_010,
      washInDays: 0,
      checkOn: 1_095,
    };
    const [together] = overlappingFixes([slow, quick]);
    expect(afterStart(together!)).toBe(1_093);
  });
});
