import { describe, expect, it } from "vitest";
import type { WindowEvidence } from "#analytics/second-fix/fix-evidence.ts";
import { foretellCheck } from "#analytics/second-fix/foretell-check.ts";

const weeks = <T>(length: number, make: (week: number) => T) =>
  Array.from({ length }, (_, week) => make(week));

/** Cases that scatter a little, and two unfixed causes beside them. */
function window(length: number, perWeek: number, volume: (week: number) => number): WindowEvidence {
  const zeros = weeks(length, () => 0);
  return {
    counts: weeks(length, (week) => Math.round((perWeek * volume(week)) / 10) + (week % 3) - 1),
    emerging: zeros,
    captureRate: 0.8,
    exposures: null,
    unfixed: [weeks(length, volume), weeks(length, volume)],
  };
}

const asked = { weeksSinceDecision: 0, targetCut: 0.5 };

describe("what a check can tell, and when", () => {
  it("is its baseline, what is to be expected a week, and the weeks until it is known", () => {
    const foretold = foretellCheck(
      window(60, 6, () => 10),
      null,
      asked,
    )!;
    expect(foretold.before).toEqual({ cases: 360, weeks: 60 });
    expect(foretold.baseline).toMatchObject({ firstWeek: 0, basis: "long", step: null });
    expect(foretold.expectedPerWeek).toBeCloseTo(6, 10);
    expect(foretold.weeks).toBeGreaterThan(2);
    expect(foretold.weeks).toBeLessThan(20);
  });

  it("expects as many cases as the volume of the last 13 weeks would bring", () => {
    const grown = window(60, 6, (week) => (week < 47 ? 10 : 15));
    const { before, baseline, expectedPerWeek } = foretellCheck(grown, null, asked)!;
    const meanVolume = (47 * 20.5 + 13 * 30.5) / 60;
    expect(baseline.step).toBeNull();
    expect(expectedPerWeek).toBeCloseTo(((before.cases / 60) * 30.5) / meanVolume, 10);
    expect(expectedPerWeek).toBeGreaterThan(8);
  });

  it("comes later for a smaller cut, and never where it can't be told in two years", () => {
    const of = (targetCut: number) =>
      foretellCheck(
        window(60, 2, () => 10),
        null,
        { ...asked, targetCut },
      )!.weeks;
    expect(of(0.4)!).toBeGreaterThan(of(0.7)!);
    expect(of(0.05)).toBeNull();
  });

  it("is nothing where the volume cannot be taken out", () => {
    const alone = foretellCheck({ ...window(60, 6, () => 10), unfixed: [] }, null, asked)!;
    expect([alone.isComparable, alone.weeks]).toEqual([false, null]);
  });

  it("is nothing where no baseline is honest: too few weeks, and too few cases since the call", () => {
    const short = window(20, 2, () => 10);
    expect(foretellCheck(short, null, asked)).toBeNull();
    expect(foretellCheck(short, null, { ...asked, weeksSinceDecision: 20 })?.baseline.basis).toBe(
      "since_decision",
    );
    expect(
      foretellCheck(
        window(0, 1, () => 10),
        null,
        asked,
      ),
    ).toBeNull();
  });
});
