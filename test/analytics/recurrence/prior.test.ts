import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recurrencePrior } from "#analytics/recurrence/prior.ts";
import {
  negativeBinomialProbability,
  negativeBinomialTails,
} from "#analytics/statistics/negative-binomial.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

interface Fit {
  set: string;
  days: number;
  shape: number;
  rate: number;
  one_off: number;
  least: number;
  log_likelihood: number;
}

const fits = referenceTable<Fit>("recurrence", "prior");
const counts = Map.groupBy(
  referenceTable<{ set: string; count: number }>("recurrence", "counts"),
  ({ set }) => set,
);
const countsOf = (set: string) => (counts.get(set) ?? []).map(({ count }) => count);

describe("the prior of causes that recur", () => {
  // test/reference/recurrence.R: the likelihood by dnbinom and pnbinom, its maximum by optim from four starts
  it("has the marginal likelihood that R's optim reaches, to 1e-9, and its shape and rate", () => {
    for (const { set, days, shape, rate, one_off, least, log_likelihood } of fits) {
      const prior = recurrencePrior(countsOf(set), days);
      const reached = logLikelihood(countsOf(set), least, prior?.shape ?? 0, days / (prior?.rate ?? 0));
      expectNear(reached, log_likelihood);
      expectNear(prior?.shape, shape, 1e-6);
      expectNear(prior?.rate, rate, 1e-6);
      expectNear(prior?.onceIsOneOff, one_off, 1e-6);
    }
  });

  it("holds causes seen once for one-offs as far as the others leave no room for them", () => {
    const recurring = [2, 9, 4, 7, 12, 3, 6, 8, 5, 10];
    const withOnce = (once: number) =>
      recurrencePrior([...recurring, ...Array.from({ length: once }, () => 1)], 365);
    expect(withOnce(0)?.onceIsOneOff).toBe(0);
    expect(withOnce(30)?.onceIsOneOff).toBeGreaterThan(0.95);
    expect(withOnce(30)?.shape).toBe(withOnce(20)?.shape);
  });

  it("is none where fewer than five causes were seen twice", () => {
    expect(recurrencePrior([1, 1, 1, 1, 1, 1, 30, 40, 2, 3], 365)).toBeNull();
    expect(recurrencePrior([], 365)).toBeNull();
  });

  it("does not count causes that were never seen, nor mind their order; in weeks it is that of days", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 8, maxLength: 40 }), (list) => {
        const prior = recurrencePrior(list, 364);
        expect(recurrencePrior([...list.toReversed(), 0, 0], 364)).toEqual(prior);
        const inWeeks = recurrencePrior(list, 52);
        if (prior !== null) expectNear((inWeeks?.rate ?? 0) * 7, prior.rate);
      }),
      { numRuns: 20 },
    );
  });

  it("stays finite where all causes have come as often", () => {
    for (const count of [2, 3, 400]) {
      const prior = recurrencePrior(
        Array.from({ length: 12 }, () => count),
        365,
      );
      expect(prior?.shape).toBeGreaterThan(0);
      expect(prior?.rate).toBeLessThan(Infinity);
    }
  });

  it("refuses a history of no days", () => {
    expect(() => recurrencePrior([1], 0)).toThrow("got 0");
  });
});

function logLikelihood(list: readonly number[], least: number, size: number, odds: number): number {
  const seen = negativeBinomialTails({ size, odds }, least - 1).upper;
  return list
    .filter((count) => count >= least)
    .reduce((sum, count) => sum + Math.log(negativeBinomialProbability({ size, odds }, count) / seen), 0);
}
