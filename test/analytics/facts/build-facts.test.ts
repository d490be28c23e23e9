import { describe, expect, it } from "vitest";
import { FactsBuilder } from "#analytics/facts/build-facts.ts";
import { caseIdAt, neverBefore } from "#analytics/facts/facts.ts";
import { blankRow, dayOf, factsOf, sketchNames } from "#test/support/facts.ts";

const id = "0f2b3c4d-1111-5222-8333-444455556666";
const day = dayOf("2026-05-01");

describe("FactsBuilder", () => {
  it("keeps a case id through its sixteen bytes", () => {
    const builder = new FactsBuilder(1, sketchNames, []);
    builder.add({ ...blankRow, caseId: id, incidenceDay: day, outcomeDay: day });
    expect(caseIdAt(builder.finish(), 0)).toBe(id);
  });

  it("counts the days since a customer's last case over causes that were merged", () => {
    const merged = [{ causeId: 7, name: "Late", category: null, stability: null, mergedIds: [9] }];
    const builder = new FactsBuilder(3, sketchNames, merged);
    const row = { ...blankRow, caseId: id, outcomeDay: null, customerRef: "A" };
    builder.add({ ...row, incidenceDay: day, causeId: 9 });
    builder.add({ ...row, incidenceDay: day + 4, causeId: 7 });
    builder.add({ ...row, incidenceDay: day + 5, causeId: 99 }); // of no cause that is known
    expect([...builder.finish().daysSincePrevious]).toEqual([neverBefore, 4, neverBefore]);
  });

  it("refuses rows that go back in time, and another number of rows than was said", () => {
    const builder = new FactsBuilder(2, sketchNames, []);
    builder.add({ ...blankRow, caseId: id, incidenceDay: day, outcomeDay: day });
    expect(() => builder.add({ ...blankRow, caseId: id, incidenceDay: day - 1, outcomeDay: day })).toThrow(
      "back in time",
    );
    expect(() => new FactsBuilder(1, sketchNames, []).finish()).toThrow("expected 1 rows, got 0");
  });

  it("orders resolved cases by the day of the resolution and leaves out the open ones", () => {
    const facts = factsOf([
      { on: "2026-01-01", resolvedOn: "2026-02-01" },
      { on: "2026-01-02", resolvedOn: null },
      { on: "2026-01-03", resolvedOn: "2026-01-04" },
    ]);
    expect([...facts.byOutcomeDay]).toEqual([2, 0]);
  });

  it("tells apart more names than two bytes can", () => {
    const names = {
      ...sketchNames,
      product: [undefined, ...Array.from({ length: 70_000 }, (_, i) => `P${i}`)],
    };
    const builder = new FactsBuilder(1, names, []);
    builder.add({ ...blankRow, caseId: id, incidenceDay: day, outcomeDay: day, productId: 69_999 });
    expect(builder.finish().codes.product[0]).toBe(69_999);
  });

  it("takes a case whose cause is not known any more as one without a cause", () => {
    expect(factsOf([{ on: "2026-01-01", causeId: 999 }]).codes.cause[0]).toBe(0);
  });
});
