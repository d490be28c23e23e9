import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gLimits } from "#analytics/control-charts/g-limits.ts";
import { type CountOf, laneyLimits } from "#analytics/control-charts/laney-limits.ts";
import type { Limits } from "#analytics/control-charts/limits.ts";
import { tLimits } from "#analytics/control-charts/t-limits.ts";
import { xmrLimits } from "#analytics/control-charts/xmr-limits.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Value {
  series: string;
  value: number | null;
}

/** Each line of the limits beside the one of R: what is there, and what is wanted. */
function linesOf(found: Limits | null | undefined, wanted: Limits): [number | undefined, number][] {
  const lines = ["centre", "low", "high", "nearLow", "nearHigh"] as const;
  return lines.map((line) => [found?.[line], wanted[line]]);
}

/** The same of each series of a table of R, whose values are in another. */
function tableLines(
  values: string,
  limits: string,
  make: (values: (number | null)[]) => Limits | null,
): [number | undefined, number][] {
  const rows = referenceTable<Value>("control-charts", values);
  return referenceTable<Limits & { series: string }>("control-charts", limits).flatMap((wanted) => {
    const baseline = rows.filter(({ series: name }) => name === wanted.series);
    return linesOf(make(baseline.map(({ value }) => value)), wanted);
  });
}

const series = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 6, maxLength: 30 });

describe("limits of the XmR chart", () => {
  it("are mean +- 2.66 mean(abs(diff(x))) as R computes them, not below 0, gaps left out", () => {
    for (const [found, wanted] of tableLines("counts", "xmr", xmrLimits)) expectNear(found, wanted);
  });

  it("move with the unit and with nothing else", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 60 }), (values, unit) => {
        const [one, scaled] = [xmrLimits(values), xmrLimits(values.map((value) => value * unit))];
        if (one === null) return;
        expectNear(scaled?.high, one.high * unit);
        expect(scaled?.low).toBeCloseTo(one.low * unit, 6);
        expect(xmrLimits([null, ...values, null])).toEqual(one);
        expectNear(xmrLimits(values.toReversed())?.high, one.high);
      }),
    );
  });

  it("take a gap for no zero and no neighbour", () => {
    expect(xmrLimits([10, null, 12, 11])?.centre).toBe(11);
    expect(xmrLimits([10, null, 30, null, 20])).toBeNull();
    expectNear(xmrLimits([10, 12, null, 50, 52])?.high, 31 + 2.66 * 2);
  });

  it("are none where nothing varies, for that says nothing of how much it may", () => {
    expect(xmrLimits([5, 5, 5, 5])).toBeNull();
    expect(xmrLimits([5])).toBeNull();
    expect(xmrLimits([])).toBeNull();
  });
});

describe("limits of the t chart", () => {
  it("are those of R by x^(1/3.6), among them the valve failures of Montgomery, table 7.14", () => {
    for (const [found, wanted] of tableLines("gaps", "t", tLimits)) expectNear(found, wanted);
  });
});

describe("limits of the g chart", () => {
  it("are mean +- 3 sqrt(g (g + 1)) around the median ln 2 g, as R computes them", () => {
    for (const [found, wanted] of tableLines("opportunities", "g", gLimits)) expectNear(found, wanted);
  });

  it("are none where every opportunity was a case, or none is known", () => {
    expect(gLimits([0, 0, 0])).toBeNull();
    expect(gLimits([null])).toBeNull();
    expect(gLimits([])).toBeNull();
  });
});

describe("limits of Laney's charts", () => {
  const rows = referenceTable<CountOf & Limits & { kind: "laney_u" | "laney_p"; series: string }>(
    "control-charts",
    "laney",
  );

  it("are those that R computes, at each point's own denominator", () => {
    let checked = 0;
    for (const kind of ["laney_u", "laney_p"] as const)
      for (const name of new Set(rows.map((row) => row.series))) {
        const baseline = rows.filter((row) => row.kind === kind && row.series === name);
        const at = laneyLimits(kind, baseline);
        for (const row of baseline.filter(({ of }) => of !== null)) {
          for (const [found, wanted] of linesOf(at?.(row.of!), row)) expectNear(found, wanted);
          checked++;
        }
      }
    expect(checked).toBe(2 * (12 + 14 + 7));
  });

  it("are the narrower, the more there is to take a share of, and stay between 0 and 1", () => {
    const at = laneyLimits(
      "laney_p",
      [3, 9, 4, 8].map((count) => ({ count, of: 10 })),
    );
    const width = (of: number) => at!(of).high - at!(of).low;
    expect(width(1000)).toBeLessThan(width(100));
    expect(at?.(1)).toMatchObject({ low: 0, high: 1 });
  });

  it("are none where nothing varies, nothing happens, or (p') everything is a case", () => {
    const all = (counts: number[]) => counts.map((count) => ({ count, of: 10 }));
    expect(laneyLimits("laney_u", all([4, 4, 4]))).toBeNull();
    expect(laneyLimits("laney_u", all([0, 0, 0]))).toBeNull();
    expect(laneyLimits("laney_p", all([10, 10, 10]))).toBeNull();
    expect(laneyLimits("laney_u", all([12, 14, 11]))?.(10).centre).toBeCloseTo(37 / 30, 12);
    expect(laneyLimits("laney_u", [])).toBeNull();
  });
});
