import { describe, expect, it } from "vitest";
import { regressedIn } from "#analytics/second-fix/regressed-in.ts";
import { regressionWatch } from "#analytics/second-fix/regression-watch.ts";

const fix = {
  before: { cases: 416, exposure: 104 },
  after: { cases: 30, exposure: 26 },
  exposurePerWeek: 1,
  dispersion: 1,
};
const weeks = (count: number, cases: number) => Array.from({ length: count }, () => cases);

describe("the watch over a verified fix", () => {
  const watch = regressionWatch(fix);

  it("takes the lowest limit with at most 5 % false alarms a year", () => {
    expect(watch.falseAlarm).toBeLessThanOrEqual(0.05);
    expect(watch.falseAlarm).toBeGreaterThan(0.03);
  });

  it("stays calm while the rate holds, and tells when the old one is back", () => {
    expect(regressedIn(weeks(104, 1), weeks(104, 1), watch)).toBeNull();
    const back = regressedIn([...weeks(10, 1), ...weeks(20, 4)], weeks(30, 1), watch);
    expect(back).toBeGreaterThan(10);
    expect(back).toBeLessThan(20);
  });

  it("measures each week against its own exposure", () => {
    expect(regressedIn(weeks(52, 4), weeks(52, 4), watch)).toBeNull();
    const before = { cases: 416, exposure: 10_400 };
    const perOrder = regressionWatch({
      ...fix,
      before,
      after: { cases: 30, exposure: 2_600 },
      exposurePerWeek: 100,
    });
    expect(perOrder.limit).toBe(watch.limit);
    expect(regressedIn(weeks(30, 4), weeks(30, 100), perOrder)).toBe(
      regressedIn(weeks(30, 4), weeks(30, 1), watch),
    );
  });

  it("asks for more where fewer cases verified the fix, or where the weeks scatter more", () => {
    const perCase = ({ limit, perCase: unit }: { limit: number; perCase: number }) => limit / unit;
    expect(perCase(regressionWatch({ ...fix, dispersion: 2 }))).toBeGreaterThan(perCase(watch));
    const few = regressionWatch({
      ...fix,
      before: { cases: 104, exposure: 104 },
      after: { cases: 8, exposure: 26 },
    });
    expect(few.falseAlarm).toBeLessThanOrEqual(0.05);
  });

  it("refuses a fix that was not verified, and series of two lengths", () => {
    expect(() => regressionWatch({ ...fix, after: { cases: 110, exposure: 26 } })).toThrow("got 110");
    expect(() => regressedIn([1], [1, 1], watch)).toThrow("got 2 and 1");
  });
});
