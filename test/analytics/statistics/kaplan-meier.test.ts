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

  // R 4.2.2, survival 3.5-3: `quantile(survfit(Surv(d, s) ~ 1, conf.type = "log-log"), c(.5, .9))`, as below.
  it("has R's limits of 60 durations, of which 13 have not ended", () => {
    const d =
      "7.6,11.8,1.5,1.4,4.4,28.9,12.3,5.4,9.6,1.5,13.9,7.6,12.4,44.2,10.5,10.4,18.8,6.5,3.4,5.9,23.6,6.4,2.9,5.7,1.1,0.6,5.8,39.6,11.7,10,14.4,0.4,3.2,13.2,2,10.2,3,7.3,7.5,2.4,10.8,10.3,12.9,12.5,5.5,3,12.9,9.9,5.1,20.1,4.2,21.8,32.2,5.6,5.9,9.8,2.1,3.1,11.1,7.7";
    const s = "011110100111101110111011111111101110111110110101111111111101";
    const curve = kaplanMeier(Float64Array.from(d.split(","), Number), Uint8Array.from(s, Number));
    expect(survivalQuantile(curve, 0.5)).toEqual({ value: 10, low: 5.9, high: 12.3 });
    expect(survivalQuantile(curve, 0.9)).toEqual({ value: 32.2, low: 18.8, high: null });
    expect(curve.low.at(-1)).toBeCloseTo(0.002949081756738795, 12);
    expect(curve.high.at(-1)).toBeCloseTo(0.1401091715005909, 12);
  });

  it("has, as in R, no limits where none is left: one case tells nothing of others, three little", () => {
    const one = kaplanMeier(Float64Array.of(2), Uint8Array.of(1));
    expect(survivalQuantile(one, 0.5)).toEqual({ value: 2, low: null, high: null });
    const three = kaplanMeier(Float64Array.of(2, 3, 4), Uint8Array.of(1, 1, 1));
    expect(survivalQuantile(three, 0.5)).toEqual({ value: 3, low: 2, high: null });
  });

  it("refuses lists of two lengths", () => {
    expect(() => kaplanMeier(Float64Array.of(1), new Uint8Array(2))).toThrow(/1 durations and 2 ends/);
  });
});
