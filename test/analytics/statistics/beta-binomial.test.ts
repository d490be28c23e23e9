import { describe, expect, it } from "vitest";
import { betaBinomialTails } from "#analytics/statistics/beta-binomial.ts";
import { binomialTails } from "#analytics/statistics/binomial-tails.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Row {
  n: number;
  share: number;
  dispersion: number;
  k: number;
  at_most: number;
  at_least: number;
}

describe("the tails of one's part of cases that come in bursts", () => {
  it("are those of scipy's betabinom", () => {
    const rows = referenceTable<Row>("beta-binomial", "tails");
    expect(rows.length).toBeGreaterThan(120);
    for (const { n, share, dispersion, k, at_most, at_least } of rows) {
      const tails = betaBinomialTails(n, share, dispersion)(k);
      expectNear(tails.atMost, at_most);
      expectNear(tails.atLeast, at_least);
    }
  });

  it("are binomial where cases come one by one, or there is none", () => {
    expect(betaBinomialTails(20, 0.3, 1)(9)).toEqual(binomialTails(9, 20, 0.3));
    expect(betaBinomialTails(0, 0.3, 2)(0)).toEqual({ atMost: 1, atLeast: 1 });
  });

  it("are longer, the more the counts vary", () => {
    const upper = [1, 1.5, 2, 4].map((dispersion) => betaBinomialTails(60, 0.2, dispersion)(24).atLeast);
    expect(upper).toEqual(upper.toSorted((a, b) => a - b));
    expect(upper.at(-1)).toBeGreaterThan(20 * upper[0]!);
  });

  it("refuse counts that vary less than chance", () => {
    expect(() => betaBinomialTails(20, 0.3, 0.9)).toThrow("got 0.9");
  });
});
