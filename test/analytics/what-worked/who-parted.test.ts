import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilson } from "#analytics/statistics/wilson.ts";
import { type EndedCase, whoParted } from "#analytics/what-worked/who-parted.ts";

const targets = { minutesToAcknowledge: 60, publicMessages: 3, transfers: 1, escalationLevel: 2 };
const rates = { minuteMinor: 100, customerMinor: 50_000 };
const unknown: EndedCase = {
  minutesToAcknowledge: null,
  isPublic: null,
  publicMessages: null,
  transfers: null,
  escalationLevel: null,
  resolutionCommunicated: null,
  stratum: 1,
  compensationMinor: null,
  handlingMinutes: null,
  parted: null,
  customerRef: null,
  partedBy: null,
};
const many = (n: number, rest: Partial<EndedCase>) =>
  Array.from({ length: n }, () => ({ ...unknown, ...rest }));

/** 20 cases: 6 parted (1 by us, 3 by them), 12 not, 2 of which it is not known. Counted by hand below. */
const twenty: EndedCase[] = [
  ...many(1, { parted: true, partedBy: "us", customerRef: "a", compensationMinor: 1000, transfers: 3 }),
  ...many(2, { parted: true, partedBy: "them", customerRef: "b", handlingMinutes: 30, transfers: 2 }),
  ...many(1, { parted: true, partedBy: "them", transfers: 1 }),
  ...many(2, { parted: true, transfers: null }),
  ...many(9, { parted: false, partedBy: "them", transfers: 0 }), // who ended what did not end is no answer
  ...many(3, { parted: false, transfers: 5, compensationMinor: 9000 }),
  ...many(2, { parted: null, transfers: 5 }),
];

describe("who parted", () => {
  const { rate, unknown: notKnown, endedBy, notTold, cost, steps } = whoParted(twenty, targets, rates);

  it("is a share of the cases whose outcome is known", () => {
    expect(rate).toEqual({ hits: 6, n: 18, share: 6 / 18, interval: wilson(6, 18) });
    expect(notKnown).toBe(2);
  });

  it("is told of some, and of the others it is not known that they or we ended it", () => {
    expect(endedBy.us).toMatchObject({ hits: 1, n: 4 });
    expect(endedBy.them).toMatchObject({ hits: 3, n: 4 });
    expect(notTold).toBe(2);
  });

  it("costs what was paid and spent in these cases, and each customer once", () => {
    expect(cost.compensation).toMatchObject({ minor: 1000, known: 1 });
    expect(cost.handling).toMatchObject({ minor: 60 * 100, known: 2 });
    expect(cost.parted).toMatchObject({ amount: 2 + 3, known: 6 }); // a, b, and three that nobody knows
    expect(cost).toMatchObject({ totalMinor: 1000 + 6000 + 5 * 50_000, isAtLeast: true, n: 6 });
  });

  it("missed steps before, beside how often the others missed them, unknown steps in neither", () => {
    const passedOn = steps.find(({ step }) => step === "not_passed_on");
    expect(passedOn?.missed).toMatchObject({ hits: 3, n: 4 });
    expect(passedOn?.missedElsewhere).toMatchObject({ hits: 3, n: 12 });
    expect(passedOn?.association).toMatchObject({ with: { hits: 1, n: 10 }, without: { hits: 3, n: 6 } });
    expect(steps.find(({ step }) => step === "acknowledged_in_time")?.missed.share).toBeNull();
  });

  it("is unknown where no outcome is known, and costs nothing known", () => {
    const none = whoParted(many(3, { partedBy: "us" }), targets, rates);
    expect(none).toMatchObject({ rate: { n: 0, share: null }, unknown: 3, notTold: 0 });
    expect(none.endedBy.us.share).toBeNull();
    expect(none.cost.totalMinor).toBeNull();
  });

  it("changes with neither the order of the cases nor more of which nothing is known", () => {
    const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const cases = fc.array(
      fc.record({
        parted: orNull(fc.boolean()),
        partedBy: orNull(fc.constantFrom("us" as const, "them" as const)),
        transfers: orNull(fc.integer({ min: 0, max: 4 })),
        customerRef: orNull(fc.constantFrom("a", "b", "c")),
        compensationMinor: orNull(fc.integer({ min: 0, max: 5000 })),
      }),
    );
    fc.assert(
      fc.property(cases, (sketches) => {
        const some = sketches.map((sketch) => ({ ...unknown, ...sketch }));
        const all = whoParted(some, targets, rates);
        const more = whoParted([...many(5, {}), ...some.toReversed()], targets, rates);
        expect(more).toMatchObject({ rate: all.rate, endedBy: all.endedBy, cost: all.cost });
        expect(more.unknown).toBe(all.unknown + 5);
        expect(more.steps.map(({ missed }) => missed)).toEqual(all.steps.map(({ missed }) => missed));
        expect(all.endedBy.us.hits + all.endedBy.them.hits + all.notTold).toBe(all.rate.hits);
      }),
    );
  });
});
