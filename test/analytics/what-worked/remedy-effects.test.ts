import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { remedyTypes } from "#analytics/case.ts";
import { select } from "#analytics/filter/select.ts";
import { remedyEffects } from "#analytics/what-worked/remedy-effects.ts";
import { resultsOf } from "#analytics/what-worked/results.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const period = { start: dayOf("2026-01-01"), end: dayOf("2027-01-01") };
const many = (n: number, rest: Partial<CaseSketch>): CaseSketch[] =>
  Array.from({ length: n }, () => ({ on: "2026-03-01", causeId: 7, severity: "low" as const, ...rest }));

function effectsOf(sketches: readonly CaseSketch[], strataBy?: "cause"[]) {
  const facts = factsOf(sketches);
  const resolved = select(facts, period, "outcome", []);
  return remedyEffects(facts, resolved, resultsOf(facts, 30, period.end), strataBy);
}

function effectOf(sketches: readonly CaseSketch[], remedy: string, result: string, strataBy?: "cause"[]) {
  return effectsOf(sketches, strataBy).find((e) => e.remedy === remedy && e.result === result)!;
}

/** A refund is given to hard cases, and helps in each cause a little; raw it looks harmful. */
const hardCases = [
  ...many(45, { causeId: 7, remedyTypes: ["apology"], outcome: "restored" }),
  ...many(15, { causeId: 7, remedyTypes: ["apology"], outcome: "disputed" }),
  ...many(16, { causeId: 7, remedyTypes: ["refund"], outcome: "restored" }),
  ...many(4, { causeId: 7, remedyTypes: ["refund"], outcome: "disputed" }),
  ...many(2, { causeId: 9, remedyTypes: ["apology"], outcome: "restored" }),
  ...many(18, { causeId: 9, remedyTypes: ["apology"], outcome: "disputed" }),
  ...many(12, { causeId: 9, remedyTypes: ["refund"], outcome: "restored" }),
  ...many(48, { causeId: 9, remedyTypes: ["refund"], outcome: "disputed" }),
];

describe("what worked", () => {
  it("does not blame a remedy for the hard cases it is given to", () => {
    const { association } = effectOf(hardCases, "refund", "restored");
    expect(association.with).toMatchObject({ hits: 28, n: 80 });
    expect(association.without).toMatchObject({ hits: 47, n: 80 });
    expect(association.crude?.interval.high).toBeLessThan(0);
    // by hand: (16·60 - 45·20) / 80 + (12·20 - 2·60) / 80 over 20·60 / 80 + 60·20 / 80
    expect(association.difference?.difference).toBeCloseTo((0.75 + 1.5) / 30, 12);
    expect(association.compared).toBe(160);
  });

  it("leaves out and counts what is unknown: the remedy, the result, the stratum", () => {
    const { association } = effectOf(
      [
        ...hardCases,
        ...many(3, { remedyTypes: null, outcome: "restored" }),
        ...many(5, { remedyTypes: ["refund"], outcome: null }),
        ...many(7, { remedyTypes: ["refund"], outcome: "restored", severity: null }),
        ...many(2, { remedyTypes: ["apology"], outcome: "restored", causeId: null }),
      ],
      "refund",
      "restored",
    );
    expect(association).toMatchObject({
      leftOut: { given: 3, result: 5 },
      withoutStratum: 9,
      compared: 160,
      with: { hits: 35, n: 87 },
      without: { hits: 49, n: 82 },
    });
  });

  it("compares nothing within strata where no case tells its severity, unless asked by cause alone", () => {
    const untold = hardCases.map((sketch) => ({ ...sketch, severity: null }));
    expect(effectOf(untold, "refund", "restored").association).toMatchObject({ difference: null, p: null });
    expect(effectOf(untold, "refund", "restored", ["cause"]).association.compared).toBe(160);
  });

  it("greys what has fewer than 10 cases on a side, and tests it not", () => {
    const few = [...hardCases, ...many(9, { remedyTypes: ["goodwill"], outcome: "restored" })];
    expect(effectOf(few, "goodwill", "restored")).toMatchObject({ q: null, association: { isThin: true } });
    const enough = [...few, ...many(1, { remedyTypes: ["goodwill"], outcome: "restored" })];
    expect(effectOf(enough, "goodwill", "restored").association.isThin).toBe(false);
    expect(effectOf(enough, "goodwill", "restored").q).not.toBeNull();
  });

  it("adjusts every p by the family of the whole matrix", () => {
    const all = effectsOf(hardCases);
    const tested = all.filter(({ q }) => q !== null);
    const smallest = Math.min(...tested.map(({ association }) => association.p!));
    const withSmallest = tested.filter(({ association }) => association.p === smallest);
    expect(withSmallest[0]!.q).toBeCloseTo((smallest * tested.length) / withSmallest.length, 12);
    expect(all).toHaveLength(remedyTypes.length * 6);
  });

  it("has nothing to compare with where every case got the remedy", () => {
    const all = many(20, { remedyTypes: ["apology"], outcome: "restored" });
    const { association } = effectOf(all, "apology", "restored");
    expect(association).toMatchObject({ crude: null, difference: null, ratio: null, p: null });
    expect(association.without.share).toBeNull();
  });

  it("stays the same when the cases come in another order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(hardCases, { minLength: 40 }), (cases) => {
        const turned = effectOf(cases.toReversed(), "refund", "restored").association;
        expect(turned).toEqual(effectOf(cases, "refund", "restored").association);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a repeat", () => {
  const answersOf = (sketches: CaseSketch[], dataEnd: string) => {
    const facts = factsOf(sketches);
    const found = resultsOf(facts, 30, dayOf(dataEnd)).find(({ key }) => key === "repeat");
    return Array.from(found!.answers);
  };

  it("is the same customer with the same cause within 30 days after, and belongs to the earlier case", () => {
    expect(
      answersOf(
        [
          { on: "2026-01-01", customerRef: "a", causeId: 7 },
          { on: "2026-01-02", customerRef: "a", causeId: 9 },
          { on: "2026-01-03", customerRef: "b", causeId: 7 },
          { on: "2026-01-31", customerRef: "a", causeId: 7 },
        ],
        "2026-06-01",
      ),
    ).toEqual([2, 1, 1, 1]);
  });

  it("is unknown as long as its days are not over, and of an unknown customer or cause", () => {
    expect(
      answersOf(
        [
          { on: "2026-01-01", customerRef: "a", causeId: 7 },
          { on: "2026-01-02", customerRef: "b", causeId: 7 },
          { on: "2026-01-03", customerRef: null, causeId: 7 },
          { on: "2026-01-03", customerRef: "c", causeId: null },
        ],
        "2026-02-01",
      ),
    ).toEqual([1, 0, 0, 0]);
  });

  it("has been seen also where its days are not over", () => {
    expect(
      answersOf(
        [
          { on: "2026-01-20", customerRef: "a", causeId: 7 },
          { on: "2026-01-25", customerRef: "a", causeId: 7 },
        ],
        "2026-02-01",
      ),
    ).toEqual([2, 0]);
  });
});
