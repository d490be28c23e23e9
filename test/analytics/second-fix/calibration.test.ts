import { describe, expect, it } from "vitest";
import { regressed } from "#test/calibration/regressed.ts";
import { secondFix } from "#test/calibration/second-fix.ts";

// A fiftieth of `npm run test:calibration`: the bounds are what is promised there and three standard errors of 100 fixes (50 of power).
const [idle, power] = secondFix({ seed: 11, effort: 0.02 });
const percentOf = (cell: string | undefined) => Number(cell?.replace(" %", ""));

describe("the verdict on simulated second fixes", () => {
  it.each(idle!.rows)("calls few useless ones improved: %s", (...row) => {
    const [, fixes, improved] = row;
    expect(Number(fixes)).toBe(100);
    expect(percentOf(improved)).toBeLessThanOrEqual(10);
  });

  it("sees half the cases go from 60 expected a side on, and a cut of 60 % with 40 expected", () => {
    const row = (known: string, expected: string) =>
      power!.rows.find((cells) => cells[0] === known && cells[1] === expected);
    expect(percentOf(row("26 weeks", "60")?.[2])).toBeGreaterThanOrEqual(65);
    expect(percentOf(row("26 weeks", "200")?.[2])).toBeGreaterThanOrEqual(90);
    expect(percentOf(row("104 weeks", "40")?.[5])).toBeGreaterThanOrEqual(60);
  });

  it("alarms in at most 5 % of the years of fixes that hold, and sees most returns after a deep cut", () => {
    const [table] = regressed({ seed: 11, effort: 0.02 });
    expect(table?.rows).toHaveLength(9);
    for (const [, cut, expected, , falseAlarms, seen] of table?.rows ?? []) {
      expect(percentOf(falseAlarms), `${cut} of ${expected}`).toBeLessThanOrEqual(5);
      if (cut === "70.0 %" && expected !== "15") expect(percentOf(seen)).toBeGreaterThan(90);
    }
  });
});
