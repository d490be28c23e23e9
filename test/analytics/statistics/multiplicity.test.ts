import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "#analytics/statistics/benjamini-hochberg.ts";
import { binomialTails } from "#analytics/statistics/binomial-tails.ts";
import { holm } from "#analytics/statistics/holm.ts";
import { multinomialDispersion } from "#analytics/statistics/multinomial-dispersion.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

describe("p values of a family", () => {
  const rows = referenceTable<{ family: number; p: number; holm: number; bh: number }>(
    "comparisons",
    "adjusted",
  );
  const families = [1, 2, 3, 4].map((family) => rows.filter((row) => row.family === family));

  it("are adjusted as R's p.adjust does, by Holm and by Benjamini & Hochberg", () => {
    for (const family of families) {
      const ps = family.map(({ p }) => p);
      holm(ps).forEach((p, i) => expectNear(p, family[i]!.holm));
      benjaminiHochberg(ps).forEach((q, i) => expectNear(q, family[i]!.bh));
    }
  });

  it("of nothing are nothing, and what is no p is refused", () => {
    expect(holm([])).toEqual([]);
    expect(() => holm([0.1, 1.2])).toThrow("at index 1, got 1.2");
  });

  it("keep their places when they are permuted, and are never below the raw ones", () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { maxLength: 12 }), (ps) => {
        const adjusted = holm(ps);
        expect(holm(ps.toReversed())).toEqual(adjusted.toReversed());
        adjusted.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(ps[i]!));
      }),
    );
  });
});

describe("binomial tails", () => {
  it("are R's pbinom, both with the count itself", () => {
    const rows = referenceTable<Record<"k" | "n" | "share" | "at_most" | "at_least", number>>(
      "comparisons",
      "binomial",
    );
    for (const { k, n, share, at_most } of rows.filter((row) => row.at_most > 1e-250))
      expectNear(binomialTails(k, n, share).atMost, at_most);
    for (const { k, n, share, at_least } of rows.filter((row) => row.at_least > 1e-250))
      expectNear(binomialTails(k, n, share).atLeast, at_least);
  });

  it("refuse more hits than trials", () => {
    expect(() => binomialTails(5, 4, 0.5)).toThrow("got 5, 4 and 0.5");
  });
});

describe("dispersion of counts", () => {
  const groups = referenceTable<{ set: number; count: number; weight: number }>(
    "comparisons",
    "dispersion_groups",
  );
  const rows = referenceTable<{ set: number; chi_square: number; factor: number; p: number }>(
    "comparisons",
    "dispersion",
  );

  it("has R's X² (chisq.test) and the tail of a gamma with the moments of all ways to fall", () => {
    for (const { set, chi_square, factor, p } of rows) {
      const own = groups.filter((group) => group.set === set);
      const found = multinomialDispersion(
        own.map(({ count }) => count),
        own.map(({ weight }) => weight),
      );
      expectNear(found?.chiSquare, chi_square);
      expectNear(found?.factor, factor);
      expectNear(found?.p, p);
    }
  });

  it("is not to be told of one group or of no case, and nothing differs in a single case", () => {
    expect(multinomialDispersion([4], [1])).toBeNull();
    expect(multinomialDispersion([0, 0], [1, 1])).toBeNull();
    expect(multinomialDispersion([1, 0, 0], [1, 1, 1])?.p).toBe(1);
  });

  it("refuses a group that expects nothing", () => {
    expect(() => multinomialDispersion([1, 2], [1, 0])).toThrow("weights 1, 0");
  });
});
