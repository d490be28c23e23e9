import { describe, expect, it } from "vitest";
import { fixStatement } from "#analytics/findings/fix-statement.ts";
import { dayOf } from "#test/support/facts.ts";
import { fixOf, regression, thirdQuarter } from "#test/support/findings.ts";

const kindOf = (fix: Parameters<typeof fixStatement>[0]) => fixStatement(fix, thirdQuarter)?.kind ?? null;

describe("the statement of a second fix", () => {
  it.each([
    ["effective", "fix_worked"],
    ["partially_effective", "fix_worked"],
    ["harmful", "fix_failed"],
    ["not_effective", "fix_failed"],
    ["inconclusive", null],
    ["too_early", null],
    ["not_due", null],
  ] as const)("of the verdict %s is %s", (verdict, kind) => {
    expect(kindOf(fixOf(verdict))).toBe(kind);
  });

  it("belongs to the quarter in which the verdict was reached", () => {
    for (const [day, kind] of [
      ["2026-06-30", null],
      ["2026-07-01", "fix_worked"],
      ["2026-09-30", "fix_worked"],
      ["2026-10-01", null],
    ] as const)
      expect(kindOf(fixOf("effective", { judgedOn: dayOf(day) })), day).toBe(kind);
    expect(kindOf(fixOf("effective", { judgedOn: null }))).toBeNull();
  });

  it("is the return in the quarter of the return, and the verdict in an earlier one", () => {
    const judgedOn = dayOf("2026-05-01");
    expect(kindOf(fixOf("effective", { regression }))).toBe("fix_regressed");
    expect(kindOf(fixOf("effective", { regression, judgedOn }))).toBe("fix_regressed");
    const later = { ...regression, on: dayOf("2026-10-05") };
    expect(kindOf(fixOf("effective", { regression: later }))).toBe("fix_worked");
    expect(kindOf(fixOf("effective", { regression: later, judgedOn }))).toBeNull();
  });

  it("is none where nothing could be measured, whatever the verdict", () => {
    expect(kindOf(fixOf("effective", {}, { change: null }))).toBeNull();
    const judgement = { verdict: "harmful", reasons: [], closedAt: "check", measured: null } as const;
    expect(kindOf(fixOf("harmful", { judgement: { ...judgement, reasons: [] } }))).toBeNull();
  });
});
