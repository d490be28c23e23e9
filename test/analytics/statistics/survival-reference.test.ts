import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kaplanMeier, type SurvivalCurve, survivalQuantile } from "#analytics/statistics/kaplan-meier.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface OfSet {
  set: number;
}
interface Duration extends OfSet {
  duration: number;
  ended: number;
}
interface Step extends OfSet {
  time: number;
  survival: number;
  low: number | null;
  high: number | null;
}
interface Quantile extends OfSet {
  p: number;
  value: number | null;
  low: number | null;
  high: number | null;
  first: number | null;
  on_share: boolean;
}

const durations = Map.groupBy(referenceTable<Duration>("survival", "durations"), ({ set }) => set);
const steps = Map.groupBy(referenceTable<Step>("survival", "curves"), ({ set }) => set);
const quantiles = referenceTable<Quantile>("survival", "quantiles");

/** R, package survival: survfit(Surv(duration, ended) ~ 1, conf.type = "log-log"), and its quantile(). */
describe("the Kaplan-Meier estimate, over sets with and without ties, with none to nearly all censored", () => {
  it("has the curve of R's survfit with its log-log limits", () => {
    for (const set of durations.keys()) {
      const [curve, wanted] = [curveOf(set), steps.get(set) ?? []];
      expect([...curve.times]).toEqual(wanted.map(({ time }) => time));
      wanted.forEach((step, i) => {
        // one that R leaves at 1e-17, where all have ended, is 0
        if (step.survival < 1e-12) expect(curve.survival[i]).toBeLessThan(1e-12);
        else expectNear(curve.survival[i], step.survival);
        expectLimit(curve.low[i], step.low);
        expectLimit(curve.high[i], step.high);
      });
    }
  });

  it("has the quartile, median and p90 of R's quantile(survfit), and the ends of their intervals", () => {
    for (const { set, p, value, low, high } of quantiles.filter((row) => !row.on_share))
      expect(survivalQuantile(curveOf(set), p)).toEqual({ value, low, high });
    expect(quantiles.filter((row) => !row.on_share && row.value !== null).length).toBeGreaterThan(50);
  });

  it("where the curve lies on the share exactly has the first of its times, where R has the middle to the next", () => {
    const onShare = quantiles.filter((row) => row.on_share);
    expect(onShare.length).toBeGreaterThan(15);
    for (const { set, p, value, low, high, first } of onShare) {
      const curve = curveOf(set);
      const next = curve.times[curve.times.indexOf(first ?? Number.NaN) + 1] ?? first;
      expect(survivalQuantile(curve, p)).toEqual({ value: first, low, high });
      if (curve.survival.at(-1) === 0) expectNear(((first ?? 0) + (next ?? 0)) / 2, value ?? 0);
    }
  });

  it("does not change with the order of the rows, and scales with the unit", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.double({ noNaN: true })), (pairs, keys) => {
        const key = new Map(pairs.map((pair) => [pair, keys.next().value ?? 0]));
        const permuted = pairs.toSorted((a, b) => (key.get(a) ?? 0) - (key.get(b) ?? 0));
        const curve = curveFrom(pairs);
        expect(curveFrom(permuted)).toEqual(curve);
        const inHours = curveFrom(pairs.map(([days, end]): [number, number] => [days * 24, end]));
        expect(inHours).toEqual({ ...curve, times: curve.times.map((days) => days * 24) });
      }),
    );
  });

  it("rises where a duration is open instead of ended: an open case is never counted as closed now", () => {
    const pairs = (durations.get(13) ?? []).map(({ duration, ended }): [number, number] => [duration, ended]);
    const at = pairs.findIndex(([, end]) => end === 1);
    const opened = pairs.map(([days, end], i): [number, number] => [days, i === at ? 0 : end]);
    const [before, after] = [curveFrom(pairs), curveFrom(opened)];
    expect(after.survival.at(-1)).toBeGreaterThan(before.survival.at(-1) ?? 1);
  });
});

function curveOf(set: number): SurvivalCurve {
  return curveFrom((durations.get(set) ?? []).map(({ duration, ended }) => [duration, ended]));
}

function curveFrom(pairs: readonly (readonly [number, number])[]): SurvivalCurve {
  return kaplanMeier(
    Float64Array.from(pairs, ([days]) => days),
    Uint8Array.from(pairs, ([, end]) => end),
  );
}

/** R has no limit where none is left: `null` in the table, NaN here. */
function expectLimit(actual: number | undefined, wanted: number | null): void {
  if (wanted === null) expect(actual).toBeNaN();
  else expectNear(actual, wanted);
}
