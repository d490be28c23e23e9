import { describe, expect, it } from "vitest";
import { type HandledCase, handlingSteps } from "#analytics/what-worked/handling-steps.ts";
import { expectNear, referenceTable } from "#test/support/reference.ts";

const targets = { minutesToAcknowledge: 60, publicMessages: 3, transfers: 0, escalationLevel: 1 };
const unknown: HandledCase = {
  minutesToAcknowledge: null,
  isPublic: null,
  publicMessages: null,
  transfers: null,
  escalationLevel: null,
  resolutionCommunicated: null,
  result: null,
  stratum: 1,
};
const many = (n: number, rest: Partial<HandledCase>) =>
  Array.from({ length: n }, () => ({ ...unknown, ...rest }));
const stepOf = (cases: HandledCase[], step: string) =>
  handlingSteps(cases, targets).find((s) => s.step === step)!;

describe("the steps of handling", () => {
  it("are kept up to their target, and count no unknown as broken", () => {
    const minutes = [10, 60, 61, Infinity, null];
    const cases = minutes.map((minutesToAcknowledge) => ({ ...unknown, minutesToAcknowledge }));
    expect(stepOf(cases, "acknowledged_in_time")).toMatchObject({ kept: { hits: 2, n: 4 }, unknown: 1 });
  });

  it("ask for privacy after three public messages of public cases only", () => {
    const cases = [
      ...many(2, { isPublic: true, publicMessages: 3 }),
      ...many(1, { isPublic: true, publicMessages: 4 }),
      ...many(5, { isPublic: false, publicMessages: 0 }),
      ...many(1, { isPublic: null, publicMessages: 2 }),
    ];
    expect(stepOf(cases, "taken_private")).toMatchObject({
      kept: { hits: 2, n: 3 },
      unknown: 1,
      doesNotApply: 5,
    });
  });

  it("have the result where they were kept and where they were not, with R's p of both", () => {
    const [row] = referenceTable<Record<"hits_kept" | "n_kept" | "hits_broken" | "n_broken" | "p", number>>(
      "what-worked",
      "step",
    );
    const { hits_kept, n_kept, hits_broken, n_broken, p } = row!;
    const { association, q } = stepOf(
      [
        ...many(hits_kept, { transfers: 0, result: true }),
        ...many(n_kept - hits_kept, { transfers: 0, result: false }),
        ...many(hits_broken, { transfers: 2, result: true }),
        ...many(n_broken - hits_broken, { transfers: 2, result: false }),
        ...many(4, { transfers: 0, result: null }),
      ],
      "not_passed_on",
    );
    expect(association).toMatchObject({
      with: { hits: hits_kept, n: n_kept },
      without: { hits: hits_broken, n: n_broken },
      leftOut: { given: 0, result: 4 },
    });
    expectNear(association.p, p);
    expect(q).toBe(association.p); // the only member of its family
  });

  it("say nothing of a step of which nothing is known", () => {
    const { kept, association, q } = stepOf(many(20, { result: true }), "resolution_communicated");
    expect(kept.share).toBeNull();
    expect(association.leftOut.given).toBe(20);
    expect(q).toBeNull();
  });
});
