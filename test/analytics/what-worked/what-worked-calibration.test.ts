import { expect, it } from "vitest";
import { randomFrom } from "#analytics/causes/random.ts";
import { coverageOf, discoveries } from "#test/calibration/what-worked.ts";

it("the intervals within strata hold the truth in some 95 %, 92 to 98 here for chance", () => {
  const { difference, ratio, found } = coverageOf(
    { strata: 20, cases: 20, difference: 0, ratio: 1 },
    1500,
    randomFrom(1),
  );
  for (const coverage of [difference, ratio]) {
    expect(coverage).toBeGreaterThan(0.92);
    expect(coverage).toBeLessThan(0.98);
  }
  expect(found).toBeLessThan(0.065);
});

it("a matrix says at most 5 % that is false, 8 % here for chance", () => {
  expect(discoveries(0, 60, randomFrom(2)).falseShare).toBeLessThan(0.08);
  expect(discoveries(12, 60, randomFrom(3)).falseShare).toBeLessThan(0.08);
});
