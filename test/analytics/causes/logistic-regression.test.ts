import { expect, test } from "vitest";
import { logisticRegression } from "#analytics/causes/logistic-regression.ts";

/** Points of unit length at these angles, in degrees. */
function cosines(of: readonly number[], with_: readonly number[]): number[][] {
  return of.map((one) => with_.map((other) => Math.cos(((one - other) * Math.PI) / 180)));
}

const angles = [0, 10, 20, 120, 130, 140, 240, 250];
const labels = [0, 0, 0, 1, 1, 1, 2, 2];
const trained = logisticRegression(cosines(angles, angles), labels, 4);

test("tells apart what lies apart, and its probabilities sum to one", () => {
  for (const [angle, label] of [
    [12, 0],
    [128, 1],
    [245, 2],
  ] as const) {
    const said = trained.probabilities(cosines([angle], angles)[0]!);
    expect(said.indexOf(Math.max(...said))).toBe(label);
    expect(said.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  }
});

test("a class without a case has no probability", () => {
  expect(trained.probabilities(cosines([77], angles)[0]!)[3]).toBe(0);
});

test("is as undecided between two classes as what lies in their middle, though one has more cases", () => {
  const two = [0, 0, 0, 0, 90];
  const classes = [0, 0, 0, 0, 1];
  const said = logisticRegression(cosines(two, two), classes, 2).probabilities(cosines([45], two)[0]!);
  expect(said[0]).toBeCloseTo(0.5, 6);
});

/**
 * Reference: scikit-learn 1.2.1, LogisticRegression(C = 1/(n · .001), class_weight="balanced", tol = 1e-10) on the same
 * points. Gradient descent stops short of the optimum, so probabilities agree roughly only.
 */
test("comes near scikit-learn's probabilities", () => {
  const said = trained.probabilities(cosines([60], angles)[0]!);
  expect(Math.abs(said[0]! - referenceAt60[0])).toBeLessThan(0.05);
  expect(Math.abs(said[1]! - referenceAt60[1])).toBeLessThan(0.05);
});

const referenceAt60 = [0.73429625, 0.26406531] as const;
