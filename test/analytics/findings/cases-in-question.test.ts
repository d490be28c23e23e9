import { describe, expect, it } from "vitest";
import { casesInQuestion } from "#analytics/findings/cases-in-question.ts";
import { fixStatement } from "#analytics/findings/fix-statement.ts";
import type { JudgedFix } from "#analytics/findings/statement.ts";
import { shareOf } from "#analytics/metrics/share.ts";
import { rateChange } from "#analytics/second-fix/rate-change.ts";
import { burst, fixOf, regression, thirdQuarter } from "#test/support/findings.ts";

const ofFix = (fix: JudgedFix) => casesInQuestion(fixStatement(fix, thirdQuarter)!);
const change = (before: number, after: number, exposureAfter = 10) =>
  rateChange({ cases: before, exposure: 10 }, { cases: after, exposure: exposureAfter }, 1);

describe("the cases in question", () => {
  it("of a fix that worked are those that the old rate would have brought besides", () => {
    expect(ofFix(fixOf("effective"))).toBeCloseTo(60 - 12, 9);
  });

  it("of a fix have the volume taken out, not the calendar", () => {
    // half the volume: of 60 cases 30 would have come, and 12 did
    expect(ofFix(fixOf("effective", {}, { change: change(60, 12, 5) }))).toBeCloseTo(30 - 12, 9);
  });

  it("of a cause that is gone are those of as many weeks before, for no ratio tells more", () => {
    const gone = { after: { cases: 0, weeks: 5 }, change: change(60, 0, 5) };
    expect(ofFix(fixOf("effective", {}, gone))).toBeCloseTo(30, 9);
  });

  it("of a fix that did harm are those that came besides, all of them where none came before", () => {
    const harm = { after: { cases: 90, weeks: 10 }, change: change(60, 90) };
    expect(ofFix(fixOf("harmful", {}, harm))).toBeCloseTo(30, 9);
    const fromNone = {
      before: { cases: 0, weeks: 10 },
      after: { cases: 9, weeks: 10 },
      change: change(0, 9),
    };
    expect(ofFix(fixOf("harmful", {}, fromNone))).toBe(9);
  });

  it("of a target that was missed are those that it would have taken away besides", () => {
    const missed = { after: { cases: 55, weeks: 10 }, change: change(60, 55) };
    expect(ofFix(fixOf("not_effective", { targetCut: 0.75 }, missed))).toBeCloseTo(55 - 15, 9);
  });

  it("of a return are those beyond the verified rate, and of a burst beyond the usual share", () => {
    expect(ofFix(fixOf("effective", { regression }))).toBeCloseTo(14 - 4.8, 9);
    expect(casesInQuestion({ kind: "burst", burst, q: 0.01 })).toBeCloseTo(12 - 3.1, 9);
  });

  it("of what is counted are the cases counted, and of no comparison those that it should be of", () => {
    const cost = { totalMinor: 990_000, known: 40, n: 50 };
    expect(casesInQuestion({ kind: "unfixed_cost", cost, causes: 3, paidCases: 31 })).toBe(31);
    expect(casesInQuestion({ kind: "parted", now: shareOf(3, 20), before: shareOf(9, 20) })).toBe(3);
    expect(casesInQuestion({ kind: "no_change", compared: 4, about: 80, burstsSought: true })).toBe(80);
    expect(casesInQuestion({ kind: "not_covered", about: 70 })).toBe(70);
    expect(casesInQuestion({ kind: "not_comparable", about: 60 })).toBe(60);
  });
});
