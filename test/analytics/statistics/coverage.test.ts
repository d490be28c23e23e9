import { describe, expect, it } from "vitest";
import { coverage } from "#test/calibration/coverage.ts";

// The short form of docs/calibration.md: the sums over all outcomes are the same, the samples of Kaplan-Meier fewer.
const [exact, survival] = coverage({ seed: 1, effort: 0.1 });
const rowOf = (name: string) => {
  const found = exact!.rows.find(([title]) => title === name);
  return { mean: Number.parseFloat(found![2]!), least: Number.parseFloat(found![3]!) };
};

describe("95 % intervals hold the truth", () => {
  it("94 to 97 times of 100 in the mean where they approximate, and never under 85 from ten cases", () => {
    for (const name of ["Wilson, a share", "Newcombe, a difference of shares", "Byar, a count from 10"]) {
      expect(rowOf(name).mean, name).toBeGreaterThanOrEqual(94);
      expect(rowOf(name).mean, name).toBeLessThanOrEqual(97);
      expect(rowOf(name).least, name).toBeGreaterThanOrEqual(85);
    }
  });

  it("95 times of 100 everywhere where they are exact", () => {
    for (const name of ["Clopper-Pearson, a share", "Garwood, a count", "ratio of two rates"])
      expect(rowOf(name).least, name).toBeGreaterThanOrEqual(95);
  });

  it("about 95 times of 100 where cases are censored: 90 to 99.5 of 200 samples, wanted are 92 to 98 of 2,000", () => {
    for (const [cases, open, curve, median] of survival!.rows)
      for (const share of [curve, median].map((text) => Number.parseFloat(text!))) {
        expect(share, `${cases} cases, ${open} open`).toBeGreaterThanOrEqual(90);
        expect(share, `${cases} cases, ${open} open`).toBeLessThanOrEqual(99.5);
      }
  });
});
