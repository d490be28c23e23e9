import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { CaseColumnsBuilder, type FactRow } from "#analytics/facts/case-columns.ts";
import { blockSize, caseIdAt, compensationAt, neverBefore, nobodyKnown } from "#analytics/facts/facts.ts";
import { blankRow, dayOf, factsOf, factsOfRows, sketchCauses, sketchNames } from "#test/support/facts.ts";
import { comparable } from "#test/support/reference-facts.ts";

const id = "0f2b3c4d-1111-5222-8333-444455556666";
const day = dayOf("2026-05-01");
const row: FactRow = { ...blankRow, caseId: id, incidenceDay: day, outcomeDay: day };

function columnsOf(rows: readonly FactRow[]) {
  const builder = new CaseColumnsBuilder(rows.length);
  for (const one of rows) builder.add(one);
  return builder.finish();
}

describe("assembleFacts", () => {
  it("keeps a case id through its sixteen bytes", () => {
    expect(caseIdAt(factsOfRows([row], sketchNames, []), 0)).toBe(id);
  });

  it("gives the same columns however the cases are cut into parts", () => {
    const rows = fc.array(
      fc.record({
        days: fc.nat({ max: 40 }),
        causeId: fc.constantFrom(null, 7, 9, 12),
        customerRef: fc.constantFrom(null, "A", "B", "Ä\u{1F600}"),
        productId: fc.constantFrom(null, 1, 2),
        compensationMinor: fc.constantFrom(null, 0, 250, 2 ** 40),
        attributes: fc.constantFrom(null, { City: "Rome" }, { City: "Oslo", Kind: "x" }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), (sketches, cuts) => {
        const all = sketches
          .map(({ days, ...rest }) => ({ ...row, ...rest, incidenceDay: day + days }))
          .sort((a, b) => a.incidenceDay - b.incidenceDay);
        const ends = [...cuts.map((cut) => Math.min(cut, all.length)), all.length].sort((a, b) => a - b);
        const parts = ends.map((end, i) => columnsOf(all.slice(ends[i - 1] ?? 0, end)));
        expect(comparable(assembleFacts(parts, sketchNames, sketchCauses))).toEqual(
          comparable(assembleFacts([columnsOf(all)], sketchNames, sketchCauses)),
        );
      }),
    );
  });

  it("counts the days since a customer's last case over causes that were merged", () => {
    const merged = [{ causeId: 7, name: "Late", category: null, stability: null, mergedIds: [9] }];
    const one = { ...row, outcomeDay: null, customerRef: "A" };
    const facts = factsOfRows(
      [
        { ...one, incidenceDay: day, causeId: 9 },
        { ...one, incidenceDay: day + 4, causeId: 7 },
        { ...one, incidenceDay: day + 5, causeId: 99 }, // of no cause that is known
        { ...one, incidenceDay: day + 70_004, causeId: 7 }, // further away than is told apart
      ],
      sketchNames,
      merged,
    );
    expect([...facts.daysSincePrevious]).toEqual([neverBefore, 4, nobodyKnown, nobodyKnown - 1]);
  });

  it("refuses rows that go back in time, and another number of rows than was said", () => {
    const builder = new CaseColumnsBuilder(2);
    builder.add(row);
    expect(() => builder.add({ ...row, incidenceDay: day - 1 })).toThrow("back in time");
    expect(() => new CaseColumnsBuilder(1).finish()).toThrow("expected 1 rows, got 0");
  });

  it("knows of each block the first and the last day on which a case was resolved", () => {
    const many = Array.from({ length: blockSize + 1 }, (_, i) => ({
      ...row,
      incidenceDay: day + i,
      outcomeDay: i === blockSize ? null : day + 2 * i,
    }));
    const { outcomeDaysOfBlocks, resolved, lastDay } = factsOfRows(many, sketchNames, []);
    expect([...outcomeDaysOfBlocks.subarray(0, 2)]).toEqual([day, day + 2 * (blockSize - 1)]);
    expect(outcomeDaysOfBlocks[2]!).toBeGreaterThan(outcomeDaysOfBlocks[3]!); // no day lies between
    expect(resolved).toBe(blockSize);
    expect(lastDay).toBe(day + 2 * (blockSize - 1));
  });

  it("keeps amounts of money to the last minor unit, and nothing apart from not known", () => {
    const amounts = [null, 0, 1, 2 ** 53 - 1];
    const facts = factsOf(amounts.map((amount) => ({ on: "2026-01-01", compensationMinor: amount })));
    expect(amounts.map((_, i) => compensationAt(facts, i))).toEqual(amounts);
    const small = factsOf([{ on: "2026-01-01", compensationMinor: 2 ** 32 - 2 }]);
    expect(small.compensation).toBeInstanceOf(Uint32Array);
    expect(compensationAt(small, 0)).toBe(2 ** 32 - 2);
    expect(factsOf([{ on: "2026-01-01" }]).compensation).toBeNull();
  });

  it("tells apart more names than two bytes can", () => {
    const names = {
      ...sketchNames,
      product: [undefined, ...Array.from({ length: 70_000 }, (_, i) => `P${i}`)],
    };
    expect(factsOfRows([{ ...row, productId: 69_999 }], names, []).codes.product[0]).toBe(69_999);
  });

  it("takes a case whose cause is not known any more as one without a cause", () => {
    expect(factsOf([{ on: "2026-01-01", causeId: 999 }]).codes.cause[0]).toBe(0);
  });

  it("tells many customers apart, and knows those that come again", () => {
    const refs = Array.from({ length: 20_000 }, (_, i) => `C${i}`);
    const facts = factsOf([...refs, ...refs, null].map((customerRef) => ({ on: "2026-01-01", customerRef })));
    expect(facts.customers).toBe(refs.length);
    expect(facts.customer.subarray(0, refs.length)).toEqual(facts.customer.subarray(refs.length, -1));
    expect(facts.customer.at(-1)).toBe(0);
  });

  it("says in which dimensions all cases are alike", () => {
    const { alike } = factsOf([
      { on: "2026-01-01", productId: 1, teamId: 1 },
      { on: "2026-01-02", productId: 2, teamId: 1, remedyTypes: ["refund"] },
    ]);
    expect([alike.has("product"), alike.has("team"), alike.has("remedy")]).toEqual([false, true, false]);
  });
});
