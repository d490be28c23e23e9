import { describe, expect, it } from "vitest";
import { type HopedFix, whenCanWeKnow } from "#analytics/second-fix/when-can-we-know.ts";

const hoped: HopedFix = {
  before: { cases: 240, exposure: 104 },
  exposurePerWeek: 1,
  dispersion: 1,
  hopedCut: 0.5,
  targetCut: 0.5,
};

describe("when we can know whether a fix works", () => {
  it("is the first week with a probability of .8", () => {
    const { weeks, probabilities } = whenCanWeKnow(hoped, 60);
    expect(probabilities[weeks! - 1]).toBeGreaterThanOrEqual(0.8);
    expect(probabilities.slice(0, weeks! - 1).every((probability) => probability < 0.8)).toBe(true);
  });

  it("comes later with fewer cases, with more scatter, and for a smaller cut", () => {
    const weeksOf = (change: Partial<HopedFix>) => whenCanWeKnow({ ...hoped, ...change }, 104).weeks ?? 999;
    expect(weeksOf({ before: { cases: 120, exposure: 104 } })).toBeGreaterThan(weeksOf({}));
    expect(weeksOf({ dispersion: 2 })).toBeGreaterThan(weeksOf({}));
    expect(weeksOf({ hopedCut: 0.4 })).toBeGreaterThan(weeksOf({}));
  });

  it("is never where the weeks are too few, or where there were no cases", () => {
    expect(whenCanWeKnow(hoped, 4).weeks).toBeNull();
    expect(whenCanWeKnow({ ...hoped, before: { cases: 0, exposure: 104 } }, 9).weeks).toBeNull();
  });
});
