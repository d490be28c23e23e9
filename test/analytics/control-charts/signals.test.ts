import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limits } from "#analytics/control-charts/limits.ts";
import { signalsOf } from "#analytics/control-charts/signals.ts";

const limits: Limits = { centre: 10, low: 4, high: 16, nearLow: 6, nearHigh: 14 };
/** The places of the points that carry a signal. */
function placesOf(kind: string, values: (number | null)[], side: "high" | "low" = "high"): number[] {
  return signalsOf(values.map((value) => ({ value, limits }))).flatMap((signals, i) =>
    signals.some((signal) => signal.kind === kind && signal.side === side) ? [i] : [],
  );
}

describe("a point outside the limits", () => {
  it("is a signal, and on the limit it is none", () => {
    expect(placesOf("outside", [10, 16, 16.1, 4, 3.9])).toEqual([2]);
    expect(placesOf("outside", [10, 16, 16.1, 4, 3.9], "low")).toEqual([4]);
  });
});

describe("seven in a row on one side", () => {
  it("are a signal, all of them, and six are none", () => {
    expect(placesOf("shift", [9, 11, 12, 11, 12, 11, 12, 11, 9])).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(placesOf("shift", [9, 11, 12, 11, 12, 11, 12, 9])).toEqual([]);
    expect(placesOf("shift", [9, 8, 9, 8, 9, 8, 9, 8], "low")).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("are ended by a point on the centre, and by a gap", () => {
    expect(placesOf("shift", [11, 12, 11, 10, 12, 11, 12, 11])).toEqual([]);
    expect(placesOf("shift", [11, 12, 11, null, 12, 11, 12, 11])).toEqual([]);
  });
});

describe("seven in a row that rise or fall", () => {
  it("are a signal, the first of them too, and six are none", () => {
    expect(placesOf("trend", [9, 7, 8, 9, 10, 11, 12, 13, 9])).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(placesOf("trend", [9, 8, 9, 10, 11, 12, 13, 9])).toEqual([]);
    expect(placesOf("trend", [13, 12, 11, 10, 9, 8, 7], "low")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("are ended by two equal points, and by a gap", () => {
    expect(placesOf("trend", [7, 8, 9, 10, 10, 11, 12, 13])).toEqual([]);
    expect(placesOf("trend", [7, 8, 9, 10, null, 11, 12, 13])).toEqual([]);
  });
});

describe("two of three near a limit on the same side", () => {
  it("are a signal, the two and not the third", () => {
    expect(placesOf("near", [10, 15, 10, 15, 10])).toEqual([1, 3]);
    expect(placesOf("near", [15, 15, 10, 10])).toEqual([0, 1]);
    expect(placesOf("near", [10, 5, 5.5, 10], "low")).toEqual([1, 2]);
  });

  it("are none on two sides, with two between them, on the line, or across a gap", () => {
    expect(placesOf("near", [15, 5, 10])).toEqual([]);
    expect(placesOf("near", [15, 10, 10, 15])).toEqual([]);
    expect(placesOf("near", [14, 14, 14])).toEqual([]);
    expect(placesOf("near", [15, null, 15])).toEqual([]);
    expect(placesOf("near", [15, 5, 10], "low")).toEqual([]);
  });
});

describe("signals", () => {
  it("are none where there are no limits", () => {
    const rising = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => ({ value, limits: null }));
    expect(signalsOf(rising).flat()).toEqual([]);
    expect(signalsOf([])).toEqual([]);
  });

  it("change sides, and nothing else, where the chart is turned upside down", () => {
    const value = fc.option(fc.integer({ min: 0, max: 20 }), { freq: 9 });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        const turned = values.map((v) => (v === null ? null : 20 - v));
        for (const kind of ["outside", "shift", "trend", "near"])
          expect(placesOf(kind, turned, "low")).toEqual(placesOf(kind, values, "high"));
      }),
    );
  });

  it("of points on one side of a gap do not depend on the other side", () => {
    const part = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 20 });
    fc.assert(
      fc.property(part, part, (one, other) => {
        const judge = (values: (number | null)[]) => signalsOf(values.map((value) => ({ value, limits })));
        expect(judge([...one, null, ...other])).toEqual([...judge(one), [], ...judge(other)]);
      }),
    );
  });
});
