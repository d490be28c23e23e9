import { describe, expect, it } from "vitest";
import {
  negativeBinomialProbability,
  negativeBinomialQuantile,
  negativeBinomialTails,
} from "#analytics/statistics/negative-binomial.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Row {
  size: number;
  odds: number;
  p: number;
  quantile: number;
  count: number;
  probability: number;
  lower: number;
  upper: number;
}

describe("the negative binomial distribution", () => {
  const rows = referenceTable<Row>("recurrence", "distribution");

  it("has R's probabilities (dnbinom) and tails (pnbinom), each also where it is small", () => {
    for (const { count, probability, lower, upper, ...distribution } of rows) {
      expectNear(negativeBinomialProbability(distribution, count), probability);
      const tails = negativeBinomialTails(distribution, count);
      expectNear(tails.lower, lower);
      if (upper > 1e-250) expectNear(tails.upper, upper);
    }
  });

  it("has R's quantiles (qnbinom)", () => {
    for (const { p, quantile, ...distribution } of rows)
      expect(negativeBinomialQuantile(distribution, p)).toBe(quantile);
  });

  it("is 0 at p = 0, and has no quantile at 1", () => {
    expect(negativeBinomialQuantile({ size: 3, odds: 9 }, 0)).toBe(0);
    expect(() => negativeBinomialQuantile({ size: 3, odds: 9 }, 1)).toThrow("got 1");
  });
});
