import { describe, expect, it } from "vitest";
import { secondFix } from "#test/calibration/second-fix.ts";

// A fiftieth of `npm run test:calibration`: the bounds are what is promised there and three standard errors of 100 fixes (50 of power).
const [idle, power, regressed] = secondFix({ seed: 11, effort: 0.02 });
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

  it("alarms in few of the years of fixes that hold", () => {
    const alarms = regressed!.rows.map((cells) => percentOf(cells[3]));
    expect(alarms.reduce((sum, share) => sum + share, 0) / alarms.length).toBeLessThanOrEqual(10);
  });
});
