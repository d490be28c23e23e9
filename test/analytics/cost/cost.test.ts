import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CaseCost, causeCost } from "#analytics/cost/cause-cost.ts";
import { costOfNotFixing } from "#analytics/cost/cost-of-not-fixing.ts";
import { costPerCase } from "#analytics/cost/cost-per-case.ts";
import { paybackWeeks } from "#analytics/cost/payback-weeks.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

const nothingKnown: CaseCost = {
  compensationMinor: null,
  handlingMinutes: null,
  parted: null,
  customerRef: null,
};
const rates = { minuteMinor: 80, customerMinor: 50_000 };
const noRates = { minuteMinor: null, customerMinor: null };
const costs = referenceTable<{ cost: number }>("cost", "costs");
const paidCases = costs.map(({ cost }) => ({ ...nothingKnown, compensationMinor: cost }));
const limits = (table: string) => referenceTable<Record<string, number>>("cost", table)[0]!;

describe("the cost of a cause", () => {
  it("adds what was paid, the time and the customers who left, each with the cases that it rests on", () => {
    const cost = causeCost(
      [
        { compensationMinor: 1000, handlingMinutes: 30, parted: true, customerRef: "a" },
        { compensationMinor: 0, handlingMinutes: null, parted: true, customerRef: "a" },
        { compensationMinor: null, handlingMinutes: 10, parted: false, customerRef: "b" },
      ],
      rates,
    );
    expect(cost).toEqual({
      compensation: { minor: 1000, amount: 1000, known: 2 },
      handling: { minor: 3200, amount: 40, known: 2 },
      parted: { minor: 50_000, amount: 1, known: 3 },
      totalMinor: 54_200,
      isAtLeast: true,
      n: 3,
    });
  });

  it("counts a customer once who left, and each unknown one by itself", () => {
    const left = (customerRef: string | null) => ({ ...nothingKnown, parted: true, customerRef });
    expect(causeCost([left("a"), left("a"), left("b"), left(null), left(null)], rates).parted?.amount).toBe(
      4,
    );
  });

  it("has no part without a rate, nor one that no case knows, and no total of nothing", () => {
    expect(causeCost([{ ...nothingKnown, handlingMinutes: 5, parted: true }], noRates)).toEqual({
      compensation: null,
      handling: null,
      parted: null,
      totalMinor: null,
      isAtLeast: true,
      n: 1,
    });
  });

  it("is whole only where every part of every case is known", () => {
    const whole = { compensationMinor: 0, handlingMinutes: 0, parted: false, customerRef: null };
    expect(causeCost([whole], rates)).toMatchObject({ totalMinor: 0, isAtLeast: false });
    expect(causeCost([whole], noRates).isAtLeast).toBe(true);
    expect(causeCost([], rates)).toMatchObject({ totalMinor: null, n: 0 });
  });

  it("of two sets of cases is the sum, where no customer is in both; and unknown cases add nothing", () => {
    const amount = fc.option(fc.nat(5000));
    const anyCase = fc.record({
      compensationMinor: amount,
      handlingMinutes: amount,
      parted: fc.option(fc.boolean()),
      customerRef: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(anyCase), fc.array(anyCase), (some, others) => {
        const both = causeCost([...some, ...others, nothingKnown], rates).totalMinor ?? 0;
        const apart = (causeCost(some, rates).totalMinor ?? 0) + (causeCost(others, rates).totalMinor ?? 0);
        expect(both).toBeCloseTo(apart, 6);
      }),
    );
  });
});

describe("the cost a case", () => {
  it("has the mean and the limits that R has from lm and the delta method", () => {
    const found = costPerCase(paidCases, noRates);
    const { mean, low, high } = limits("per_case");
    expectNear(found?.mean, mean!);
    expectNear(found?.interval?.low, low!);
    expectNear(found?.interval?.high, high!);
  });

  it("rests on the cases of which every part with a rate is known", () => {
    const known = { compensationMinor: 100, handlingMinutes: 10, parted: true, customerRef: null };
    const cases = [known, { ...known, handlingMinutes: null }, { ...known, parted: null }, nothingKnown];
    expect(costPerCase(cases, rates)).toMatchObject({ mean: 50_900, known: 1, n: 4, interval: null });
    expect(costPerCase(cases, noRates)).toMatchObject({ mean: 100, known: 3 });
    expect(costPerCase([nothingKnown], noRates)).toBeNull();
  });
});

describe("the cost of not fixing", () => {
  const count = { expected: 14, low: 7.7, high: 23.5 };

  it("puts both intervals together as R does on the log scale", () => {
    const found = costOfNotFixing(count, costPerCase(paidCases, noRates));
    const { expected, low, high } = limits("not_fixing");
    expectNear(found?.expectedMinor, expected!);
    expectNear(found?.interval?.low, low!);
    expectNear(found?.interval?.high, high!);
  });

  it("begins at 0 where there may be no case at all", () => {
    const perCase = costPerCase(paidCases, noRates);
    expect(costOfNotFixing({ expected: 1, low: 0, high: 4 }, perCase)?.interval?.low).toBe(0);
    expect(costOfNotFixing({ expected: 0, low: 0, high: 3 }, perCase)?.expectedMinor).toBe(0);
    expect(costOfNotFixing({ expected: 0, low: 0, high: 3 }, perCase)?.interval?.high).toBeGreaterThan(0);
  });

  it("is unknown where the cost a case is, and refuses limits that don't hold the estimate", () => {
    expect(costOfNotFixing(count, null)).toBeNull();
    expect(() => costOfNotFixing({ expected: 3, low: 4, high: 5 }, null)).toThrow("got 4, 3 and 5");
  });
});

describe("payback", () => {
  it("is the cost over what is saved a week, at the estimate and at both limits", () => {
    expect(paybackWeeks(12_000, { estimate: 1000, low: 500, high: 2000 })).toEqual({
      weeks: 12,
      soonest: 6,
      latest: 24,
    });
  });

  it("is never where nothing is saved, or more is lost", () => {
    expect(paybackWeeks(12_000, { estimate: 0, low: -500, high: 300 })).toEqual({
      weeks: null,
      soonest: 40,
      latest: null,
    });
  });

  it("is at once where the fix cost nothing and does no harm", () => {
    expect(paybackWeeks(0, { estimate: 10, low: -5, high: 30 })).toEqual({
      weeks: 0,
      soonest: 0,
      latest: null,
    });
  });

  it("is unknown where the cost or the saving is, and refuses a cost below 0", () => {
    expect(paybackWeeks(null, { estimate: 1, low: 1, high: 1 })).toBeNull();
    expect(paybackWeeks(5, null)).toBeNull();
    expect(() => paybackWeeks(-1, { estimate: 1, low: 1, high: 1 })).toThrow("got -1, 1, 1 and 1");
  });
});
