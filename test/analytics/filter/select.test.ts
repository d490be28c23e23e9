import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributeDimension } from "#analytics/facts/facts.ts";
import type { FilterDimension } from "#analytics/filter/dimensions.ts";
import { facetsOf } from "#analytics/filter/facets.ts";
import { type Clause, everything, parseFilter } from "#analytics/filter/filter.ts";
import { select } from "#analytics/filter/select.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const year = { start: dayOf("2026-01-01"), end: dayOf("2027-01-01") };
const sketches: CaseSketch[] = [
  { on: "2025-12-31", productId: 1 },
  {
    on: "2026-01-01",
    productId: 1,
    teamId: 1,
    attributes: { City: "Oslo", Vip: "yes" },
    remedyTypes: ["refund", "apology"],
  },
  { on: "2026-01-31", productId: 2, teamId: 2, resolvedOn: "2026-02-03", remedyTypes: ["refund"] },
  { on: "2026-02-01", productId: null, teamId: 1, resolvedOn: null, attributes: { City: "Bergen" } },
  {
    on: "2026-12-31",
    productId: 3,
    teamId: null,
    attributes: { City: "Oslo", Story: "x".repeat(201) },
    resolvedOn: "2027-01-02",
    remedyTypes: ["none"],
  },
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

  it("takes an attribute as it takes a dimension: 'is not' keeps the unknown", () => {
    expect(count("attribute:City=Oslo")).toBe(2);
    expect(count("attribute:City=Oslo&attribute:City=(unknown)")).toBe(3);
    expect(count("not-attribute:City=Oslo")).toBe(2);
    expect(count("attribute:City=Oslo&attribute:Vip=yes&team=North")).toBe(1);
    expect(count("attribute:City=oslo")).toBe(0);
  });

  it("says why nothing can be chosen by an attribute, rather than show all cases or none", () => {
    expect(() => count("not-attribute:Cty=Oslo")).toThrow("No case carries a field named “Cty”");
    expect(() => count("attribute:__proto__=(unknown)")).toThrow("No case carries a field");
    expect(() => count("attribute:Story=(unknown)")).toThrow(
      "“Story” holds texts of more than 200 characters",
    );
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

describe("a facet", () => {
  const facet = (query: string, dimension: FilterDimension) =>
    facetsOf(facts, { ...everything, clauses: clausesOf(query) }, year, [dimension]).get(dimension) ?? [];

  it("counts what choosing a value would show, under the other conditions only", () => {
    const products = facet("product=Sofa&team=North", "product");
    expect(products.find((entry) => entry.value === "Sofa")?.count).toBe(1);
    expect(products.find((entry) => entry.value === "Lamp")?.count).toBe(0);
    expect(products.at(-1)).toMatchObject({ value: null, count: 1 });
  });

  it("has the values of an attribute, most frequent first and the unknown last", () => {
    expect(facet("", "attribute:City").map((entry) => [entry.value, entry.count])).toEqual([
      ["Oslo", 2],
      ["Bergen", 1],
      [null, 1],
    ]);
  });
});

describe("select and facets, for random cases and filters", () => {
  const name = fc.constantFrom("City", "Tags", "__proto__", "a=b");
  const value = fc.constantFrom<string>("x", "y", "(unknown)", "ö 1");
  const rows = fc.array(
    fc.array(fc.tuple(name, value)).map((pairs): Record<string, string> => Object.fromEntries(pairs)),
    { minLength: 1, maxLength: 30 },
  );
  const some = fc.uniqueArray(fc.option(value, { nil: null }), { maxLength: 2 });
  const clauses = fc.uniqueArray(fc.record({ name, include: some, exclude: some }), {
    selector: (clause) => clause.name,
  });

  it("find the cases that a count one by one finds", () => {
    fc.assert(
      fc.property(rows, clauses, (cases, chosen) => {
        const columns = factsOf(cases.map((attributes) => ({ on: "2026-03-01", attributes })));
        const known = chosen.filter((clause) => columns.attributes.has(clause.name));
        const asked: Clause[] = known.map((clause) => ({
          dimension: attributeDimension(clause.name),
          include: clause.include,
          exclude: clause.exclude,
        }));
        const passes = (attributes: Record<string, string>, except?: string) =>
          known.every((clause) => {
            const has = Object.hasOwn(attributes, clause.name) ? (attributes[clause.name] ?? null) : null;
            const isIn = clause.include.length === 0 || clause.include.includes(has);
            return clause.name === except || (isIn && !clause.exclude.includes(has));
          });
        const found = select(columns, year, "incidence", asked).length;
        expect(found).toBe(cases.filter((attributes) => passes(attributes)).length);
        const filter = { ...everything, clauses: asked };
        for (const key of columns.attributes.keys()) {
          const dimension = attributeDimension(key);
          for (const entry of facetsOf(columns, filter, year, [dimension]).get(dimension) ?? []) {
            const carries = (attributes: Record<string, string>) =>
              (Object.hasOwn(attributes, key) ? attributes[key] : null) === entry.value;
            expect(entry.count).toBe(
              cases.filter((attributes) => carries(attributes) && passes(attributes, key)).length,
            );
          }
        }
      }),
    );
  });
});
