import { describe, expect, it } from "vitest";
import { type AssignedCases, evidenceOfCases } from "#analytics/second-fix/evidence-of-cases.ts";
import { evidenceOfFix, weeksSince } from "#analytics/second-fix/evidence-of-fix.ts";

/** Cases as `[day, cause, nearest]`. */
function assigned(...cases: [number, number, number?][]): AssignedCases {
  return {
    days: Int32Array.from(cases, ([day]) => day),
    causes: Int32Array.from(cases, ([, cause]) => cause),
    nearest: Int32Array.from(cases, ([, , nearest = 0]) => nearest),
  };
}

const window = { start: 100, end: 121 };
const causes = { causeIds: new Set([1, 2]), unfixed: [new Set([3]), new Set([4, 5])] };

describe("the evidence of a window", () => {
  it("has the cause's cases by week, with those of causes that were merged into it", () => {
    const cases = assigned([100, 1], [106, 2], [107, 1], [120, 1], [99, 1], [121, 1]);
    expect(evidenceOfCases(cases, causes, window, null).counts).toEqual([2, 1, 1]);
  });

  it("has the unfixed causes beside it, each with what was merged into it, in their order", () => {
    const cases = assigned([100, 3], [101, 4], [108, 5], [108, 6]);
    expect(evidenceOfCases(cases, causes, window, null).unfixed).toEqual([
      [1, 0, 0],
      [1, 1, 0],
    ]);
  });

  it("has the emerging cases that are nearest to it, and no others", () => {
    const cases = assigned([100, 0, 2], [114, 0, 1], [114, 0, 3], [114, 0], [114, 3, 1]);
    expect(evidenceOfCases(cases, causes, window, null).emerging).toEqual([1, 0, 1]);
  });

  it("says what share of all cases was caught, and half a case where none was", () => {
    expect(
      evidenceOfCases(assigned([100, 1], [101, 9], [102, 0], [103, 0, 1]), causes, window, null),
    ).toMatchObject({ captureRate: 0.5 });
    expect(evidenceOfCases(assigned([100, 0], [101, 0]), causes, window, null).captureRate).toBe(0.25);
    expect(evidenceOfCases(assigned(), causes, window, null).captureRate).toBe(1);
  });

  it("is of whole weeks only", () => {
    expect(() => evidenceOfCases(assigned(), causes, { start: 0, end: 8 }, null)).toThrow("whole weeks");
  });
});

describe("the evidence of a fix", () => {
  const fix = {
    causeId: 1,
    decidedOn: 130,
    implementedFrom: 140,
    implementedTo: 141,
    washInDays: 14,
    checkOn: 176,
    windowEnd: 190,
  };
  const weekly = Array.from({ length: 40 }, (_, week): [number, number] => [7 * week + 3, 1]);
  const company = {
    data: { start: 0, end: 200 },
    cases: assigned(...weekly),
    membersOf: new Map([[1, [1]]]),
    unfixed: [],
  };

  it("leaves the wash-in out of both windows, and what does not fill a week", () => {
    const { evidence, windows } = evidenceOfFix(fix, company);
    expect(windows).toEqual({ before: { start: 0, end: 140 }, after: { start: 155, end: 190 } });
    expect(evidence.before.counts).toEqual(Array.from({ length: 20 }, () => 1));
    expect(evidence.after.counts).toHaveLength(5);
  });

  it("asks for the exposures of each window", () => {
    const exposuresIn = ({ start, end }: { start: number; end: number }) =>
      Array.from({ length: (end - start) / 7 }, () => start + 1);
    const { evidence } = evidenceOfFix({ ...fix, exposuresIn }, company);
    expect([evidence.before.exposures?.[0], evidence.after.exposures?.[0]]).toEqual([1, 156]);
  });

  it("goes on to the last whole week of the data for a watch", () => {
    expect(weeksSince(fix, company, 190).counts).toEqual([1]);
    expect(weeksSince(fix, company, 198).counts).toEqual([]);
  });
});
