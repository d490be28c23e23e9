import { describe, expect, it } from "vitest";
import { kaplanMeier, survivalQuantile } from "#analytics/statistics/kaplan-meier.ts";

/**
 * Weeks in remission of the maintained group of `aml` (Miller 1981; R's package survival), + where censored:
 * 9 13 13+ 18 23 28+ 31 34 45+ 48 161+. Wanted: `summary(survfit(Surv(time, status) ~ 1, conf.type = "log-log"))`.
 */
const weeks = Float64Array.of(9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161);
const ended = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0);

describe("the Kaplan-Meier estimate", () => {
  it("is that of R for the maintained group of aml", () => {
    const { times, survival } = kaplanMeier(weeks, ended);
    expect([...times]).toEqual([9, 13, 18, 23, 31, 34, 48]);
    [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184].forEach((share, i) =>
      expect(survival[i]).toBeCloseTo(share, 3),
    );
  });

  it("has R's median of 31 weeks, from 13 weeks to no end", () => {
    expect(survivalQuantile(kaplanMeier(weeks, ended), 0.5)).toEqual({ value: 31, low: 13, high: null });
  });

  it("does not depend on the order of the durations", () => {
    expect(kaplanMeier(weeks.toReversed(), ended.toReversed())).toEqual(kaplanMeier(weeks, ended));
  });

  it("without a censored one is the share that is longer", () => {
    const curve = kaplanMeier(Float64Array.of(1, 2, 3, 4), Uint8Array.of(1, 1, 1, 1));
    expect([...curve.survival]).toEqual([0.75, 0.5, 0.25, 0]);
    expect(survivalQuantile(curve, 0.5).value).toBe(2);
  });

  it("has no quantile that too few have reached, and none of nothing", () => {
    expect(survivalQuantile(kaplanMeier(Float64Array.of(1, 9), Uint8Array.of(1, 0)), 0.9).value).toBeNull();
    expect(survivalQuantile(kaplanMeier(new Float64Array(0), new Uint8Array(0)), 0.5).value).toBeNull();
  });

  it("refuses lists of two lengths", () => {
    expect(() => kaplanMeier(Float64Array.of(1), new Uint8Array(2))).toThrow(/1 durations and 2 ends/);
  });
});
