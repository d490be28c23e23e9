import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { select } from "#analytics/filter/select.ts";
import { compensationResponse } from "#analytics/what-worked/compensation-response.ts";
import { resultsOf } from "#analytics/what-worked/results.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

const period = { start: dayOf("2026-01-01"), end: dayOf("2027-01-01") };

function paid(amount: number | null, outcome: "restored" | "disputed" | null, n = 1): CaseSketch[] {
  return Array.from({ length: n }, () => ({
    on: "2026-03-01",
    outcome,
    compensationMinor: amount,
    compensationCurrency: amount === null ? null : "EUR",
  }));
}

function responseOf(sketches: readonly CaseSketch[]) {
  const facts = factsOf(sketches);
  const restored = resultsOf(facts, 30, period.end).find(({ key }) => key === "restored")!;
  return compensationResponse(facts, select(facts, period, "outcome", []), restored.answers);
}

describe("the response to compensation", () => {
  it("keeps nothing paid apart from unknown, and both apart from what was paid", () => {
    const response = responseOf([
      ...paid(0, "restored", 6),
      ...paid(0, "disputed", 6),
      ...paid(null, "restored", 9),
      ...paid(500, null, 4),
      ...paid(500, "restored", 8),
      ...paid(500, "disputed", 2),
    ]);
    expect(response?.leftOut).toEqual({ amount: 9, result: 4 });
    expect(response?.bins).toMatchObject([
      { fromMinor: 0, toMinor: 0, result: { hits: 6, n: 12 } },
      { fromMinor: 500, toMinor: 500, result: { hits: 8, n: 10 } },
    ]);
    expect(response?.p).toBeNull();
  });

  it("cuts the amounts at quantiles into at most five bins of at least ten cases", () => {
    const response = responseOf(Array.from({ length: 60 }, (_, i) => paid(100 + i, "restored")).flat());
    expect(response?.bins.map(({ fromMinor, toMinor, result }) => [fromMinor, toMinor, result.n])).toEqual([
      [100, 111, 12],
      [112, 123, 12],
      [124, 135, 12],
      [136, 147, 12],
      [148, 159, 12],
    ]);
    const fewer = responseOf(Array.from({ length: 25 }, (_, i) => paid(100 + i, "restored")).flat());
    expect(fewer?.bins.map(({ result }) => result.n)).toEqual([13, 12]);
  });

  it("leaves equal amounts in one bin, and greys a bin of fewer than ten", () => {
    const response = responseOf([...paid(1000, "restored", 40), ...paid(2000, "disputed", 5)]);
    expect(response?.bins).toMatchObject([
      { fromMinor: 1000, toMinor: 1000, result: { n: 40 }, isThin: false },
      { fromMinor: 2000, toMinor: 2000, result: { n: 5 }, isThin: true },
    ]);
  });

  it("tests whether more helps more, over the middle amounts, as R's prop.trend.test does", () => {
    const groups = referenceTable<{ amount: number; hits: number; n: number; p: number }>(
      "what-worked",
      "amounts",
    );
    const response = responseOf(
      groups.flatMap(({ amount, hits, n }) => [
        ...paid(amount, "restored", hits),
        ...paid(amount, "disputed", n - hits),
      ]),
    );
    expectNear(response?.p, groups[0]!.p);
  });

  it("is no answer where amounts have several currencies, or none is known", () => {
    const two = [...paid(100, "restored", 12), { ...paid(100, "restored")[0]!, compensationCurrency: "USD" }];
    expect(responseOf(two)).toBeNull();
    expect(responseOf(paid(null, "restored", 12))).toBeNull();
  });

  it("puts each known case into one bin, in ranges that do not overlap", () => {
    const amount = fc.oneof(fc.constant(0), fc.constant(1000), fc.integer({ min: 1, max: 3000 }));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 80 }), (amounts) => {
        const { bins } = responseOf(amounts.flatMap((value) => paid(value, "restored")))!;
        expect(bins.reduce((sum, { result }) => sum + result.n, 0)).toBe(amounts.length);
        bins.slice(1).forEach((bin, i) => expect(bin.fromMinor).toBeGreaterThan(bins[i]!.toMinor));
      }),
    );
  });
});
