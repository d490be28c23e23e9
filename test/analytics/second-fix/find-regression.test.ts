import { describe, expect, it } from "vitest";
import { findRegression } from "#analytics/second-fix/find-regression.ts";
import type { WindowEvidence } from "#analytics/second-fix/fix-evidence.ts";
import { longBaseline } from "#analytics/second-fix/long-baseline.ts";
import { measureChange } from "#analytics/second-fix/measure-change.ts";
import { volumeWeights } from "#analytics/second-fix/volume-weights.ts";

/** A cause with so many cases a week, beside unfixed causes with 40 times a factor. */
function weeks(counts: number[], volume = 1): WindowEvidence {
  return {
    counts,
    emerging: counts.map(() => 0),
    captureRate: 0.9,
    exposures: null,
    unfixed: [0, 1, 2, 3, 4].map((cause) => counts.map((_, week) => (8 + ((week + cause) % 3) - 1) * volume)),
  };
}

const repeat = (value: number, times: number) => Array.from({ length: times }, () => value);
const before = weeks(repeat(5, 52));
const after = weeks(repeat(1, 24));

function regressionAfter(since: WindowEvidence) {
  const evidence = { before, after, dataEnd: 0, prior: null };
  const baseline = longBaseline(before.counts, volumeWeights(before), 8, null)!;
  return findRegression({
    before,
    after,
    since,
    measured: measureChange(evidence, baseline, 24),
    verifiedOn: 1000,
  });
}

describe("a verified fix", () => {
  it("is found to hold while its cause stays away", () => {
    expect(regressionAfter(weeks(repeat(1, 26)))).toBeNull();
    expect(regressionAfter(weeks([]))).toBeNull();
  });

  it("is found to have come back when the rate before it returns, on the day after that week, with what was expected", () => {
    const found = regressionAfter(weeks([...repeat(1, 4), ...repeat(5, 8)]))!;
    const weeksOfIt = (found.on - 1000) / 7;
    expect(weeksOfIt).toBeGreaterThan(4);
    expect(weeksOfIt).toBeLessThanOrEqual(9);
    expect(found.since).toEqual({ start: 1000, end: found.on });
    expect(found.cases).toBe(4 + 5 * (weeksOfIt - 4));
    expect(found.expected).toBeCloseTo(weeksOfIt, 0); // one a week, as verified
    expect(found.falseAlarm).toBeLessThanOrEqual(0.05);
  });

  it("is not blamed for a volume that grew: twice the cases at twice the volume are the verified rate", () => {
    expect(regressionAfter(weeks(repeat(2, 12), 2))).toBeNull();
    expect(regressionAfter(weeks(repeat(10, 12), 2))).not.toBeNull();
  });

  it("cannot be watched where no unfixed cause tells the volume", () => {
    const alone = (one: WindowEvidence) => ({ ...one, unfixed: [] });
    const measured = {
      ...measureChange(
        { before, after, dataEnd: 0, prior: null },
        longBaseline(before.counts, volumeWeights(before), 8, null)!,
        24,
      ),
    };
    expect(
      findRegression({
        before: alone(before),
        after: alone(after),
        since: alone(weeks(repeat(9, 9))),
        measured,
        verifiedOn: 0,
      }),
    ).toBeNull();
  });
});
