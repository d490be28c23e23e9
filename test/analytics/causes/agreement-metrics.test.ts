import { expect, test } from "vitest";
import { agreement } from "#test/support/agreement-metrics.ts";

test("the same grouping under other names agrees wholly", () => {
  expect(agreement(["a", "a", "b", "c"], [2, 2, 0, 1])).toEqual({ v: 1, ari: 1, bcubed: 1, groups: 3 });
});

test("a hand-worked example", () => {
  // scikit-learn's documentation of v_measure_score and adjusted_rand_score: [0, 0, 1, 1] against [0, 0, 1, 2]
  const { v, ari, bcubed } = agreement([0, 0, 1, 1], [0, 0, 1, 2]);
  expect(v).toBeCloseTo(0.8, 10);
  expect(ari).toBeCloseTo(0.5714285714, 9); // documented as 0.57
  expect(bcubed).toBeCloseTo(6 / 7, 10); // precision 1, recall (1 + 1 + .5 + .5) / 4
});

test("groupings that cross each other wholly share no information", () => {
  const { v, ari } = agreement([0, 0, 1, 1], [0, 1, 0, 1]);
  expect(v).toBeCloseTo(0, 10);
  expect(ari).toBeCloseTo(-0.5, 10); // scikit-learn's documentation: adjusted_rand_score can be as low as -0.5
});
