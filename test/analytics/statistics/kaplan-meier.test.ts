import { describe, expect, it } from "vitest";
import { kaplanMeier, survivalQuantile } from "#analytics/statistics/kaplan-meier.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

/** Six samples: aml's maintained group (Miller 1981), drawn ones with and without ties, all ended, none ended. */
const durations = referenceTable<{ sample: string; time: number; ended: number }>(
  "kaplan-meier",
  "durations",
);
const curves = referenceTable<{
  sample: string;
  time: number;
  survival: number;
  low: number | null;
  high: number | null;
}>("kaplan-meier", "curve");
const quantiles = referenceTable<{
  sample: string;
  p: number;
  value: number | null;
  low: number | null;
  high: number | null;
}>("kaplan-meier", "quantiles");
const samples = [...new Set(durations.map(({ sample }) => sample))];

function curveOf(sample: string) {
  const rows = durations.filter((row) => row.sample === sample);
  return kaplanMeier(
    Float64Array.from(rows, ({ time }) => time),
    Uint8Array.from(rows, ({ ended }) => ended),
  );
}

const weeks = Float64Array.of(9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161);
const ended = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0);

describe("the Kaplan-Meier estimate", () => {
  it('has the curve of R\'s survfit(Surv(time, ended) ~ 1, conf.type = "log-log"), with its limits', () => {
    for (const sample of samples) {
      const curve = curveOf(sample);
      const rows = curves.filter((row) => row.sample === sample);
      expect([...curve.times], sample).toEqual(rows.map(({ time }) => time));
      rows.forEach(({ survival, low, high }, i) => {
        if (low === null || high === null) {
          expect([curve.survival[i], curve.low[i], curve.high[i]]).toEqual([0, Number.NaN, Number.NaN]);
          return;
        }
        expectNear(curve.survival[i], survival);
        expectNear(curve.low[i], low);
        expectNear(curve.high[i], high);
      });
    }
  });

  it("has the quartile, the median and the 90th percentile of R's quantile(survfit(…)), with their limits", () => {
    for (const { sample, p, value, low, high } of quantiles)
      expect(survivalQuantile(curveOf(sample), p), `${sample}, ${p}`).toEqual({ value, low, high });
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
