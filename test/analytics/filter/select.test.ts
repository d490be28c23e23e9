import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { facet } from "#analytics/filter/facets.ts";
import { everything, parseFilter } from "#analytics/filter/filter.ts";
import { select } from "#analytics/filter/select.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const year = { start: dayOf("2026-01-01"), end: dayOf("2027-01-01") };
const sketches: CaseSketch[] = [
  { on: "2025-12-31", productId: 1 },
  { on: "2026-01-01", productId: 1, teamId: 1, remedyTypes: ["refund", "apology"] },
  { on: "2026-01-31", productId: 2, teamId: 2, resolvedOn: "2026-02-03", remedyTypes: ["refund"] },
  { on: "2026-02-01", productId: null, teamId: 1, resolvedOn: null },
  { on: "2026-12-31", productId: 3, teamId: null, resolvedOn: "2027-01-02", remedyTypes: ["none"] },
  { on: "2027-01-01", productId: 3 },
];
const facts = factsOf(sketches);
const clausesOf = (query: string) => parseFilter(new URLSearchParams(query)).filter.clauses;
const count = (query: string) => select(facts, year, "incidence", clausesOf(query)).length;

describe("select", () => {
  it("takes the first day of a period and leaves out its end", () => {
    expect(select(facts, year, "incidence", [])).toEqual(Uint32Array.of(1, 2, 3, 4));
  });

  it("dates the outcome cohort by the resolution and leaves out open cases", () => {
    expect(select(facts, year, "outcome", [])).toEqual(Uint32Array.of(1, 2));
  });

  it("keeps the unknown in 'is not', and finds it when asked for", () => {
    expect(count("not-product=Sofa")).toBe(3);
    expect(count("product=(unknown)")).toBe(1);
    expect(count("not-product=(unknown)")).toBe(3);
  });

  it("takes one of several values, and all clauses at once", () => {
    expect(count("product=Sofa&product=Lamp")).toBe(2);
    expect(count("product=Sofa&product=Lamp&team=North")).toBe(1);
  });

  it("matches any remedy that a case had, and 'not' means none of them", () => {
    expect(count("remedy=refund")).toBe(2);
    expect(count("remedy=refund&not-remedy=apology")).toBe(1);
    expect(count("remedy=(unknown)")).toBe(1);
  });

  it("finds nothing for a value that no case ever had", () => {
    expect(count("product=Piano")).toBe(0);
    expect(count("remedy=piano")).toBe(0);
  });

  it("gives the parts of any cut of a period, which add up to the whole", () => {
    fc.assert(
      fc.property(fc.integer({ min: year.start, max: year.end }), (cut) => {
        for (const cohort of ["incidence", "outcome"] as const) {
          const parts = [
            { start: year.start, end: cut },
            { start: cut, end: year.end },
          ].map((part) => select(facts, part, cohort, []).length);
          expect((parts[0] ?? 0) + (parts[1] ?? 0)).toBe(select(facts, year, cohort, []).length);
        }
      }),
    );
  });
});

it("a facet counts what choosing a value would show, under the other conditions only", () => {
  const filter = { ...everything, clauses: clausesOf("product=Sofa&team=North") };
  const products = facet(facts, filter, year, "product");
  expect(products.find((entry) => entry.value === "Sofa")?.count).toBe(1);
  expect(products.find((entry) => entry.value === "Lamp")?.count).toBe(0);
  expect(products.at(-1)).toMatchObject({ value: null, count: 1 });
});
