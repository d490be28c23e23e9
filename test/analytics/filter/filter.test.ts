import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributeDimension } from "#analytics/facts/facts.ts";
import { filterDimensions } from "#analytics/filter/dimensions.ts";
import {
  everything,
  type Filter,
  formatFilter,
  narrow,
  parseFilter,
  resolvePeriod,
  without,
} from "#analytics/filter/filter.ts";
import { formatDay } from "#analytics/period.ts";
import { dayOf } from "#test/support/facts.ts";

const value = fc.option(
  fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text.isWellFormed()),
  { nil: null },
);
const values = fc.uniqueArray(fc.oneof(value, fc.constantFrom("(unknown)", "\\", "\\(unknown)", "a&b=c")), {
  maxLength: 3,
});
const attribute = fc
  .oneof(
    fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text.isWellFormed()),
    fc.constantFrom(
      "Company",
      "a=b&c",
      "Zip code",
      "größe 名",
      "__proto__",
      "not-team",
      "attribute:x",
      "team",
      " ",
    ),
  )
  .map(attributeDimension);
const dimension = fc.oneof(fc.constantFrom(...filterDimensions), attribute);
const filters: fc.Arbitrary<Filter> = fc.record({
  period: fc.constantFrom("all", "last-12-months", "2026-Q2", "2025", "2026-05", "2026-05-01..2026-05-31"),
  cohort: fc.constantFrom("incidence" as const, "outcome" as const),
  clauses: fc.uniqueArray(fc.record({ dimension, include: values, exclude: values }), {
    maxLength: 8,
    selector: (clause) => clause.dimension,
  }),
});

describe("a filter in a URL", () => {
  it("comes back from its own text, whatever the values", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const text = formatFilter(filter);
        const again = parseFilter(new URLSearchParams(text)).filter;
        expect(parseFilter(new URLSearchParams(formatFilter(again))).filter).toEqual(again);
        expect(again.period).toBe(filter.period);
        expect(again.cohort).toBe(filter.cohort);
        for (const clause of filter.clauses.filter((c) => c.include.length + c.exclude.length > 0)) {
          const found = again.clauses.find((c) => c.dimension === clause.dimension);
          expect(new Set(found?.include)).toEqual(new Set(clause.include));
          expect(new Set(found?.exclude)).toEqual(new Set(clause.exclude));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("never fails in another way than with a sentence", () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        try {
          parseFilter(new URLSearchParams(query));
        } catch (error) {
          expect(error).toMatchObject({ name: "FilterError" });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("names attributes behind the fixed dimensions, in the order of their names", () => {
    const query = "attribute:Tags=a&not-attribute:City=(unknown)&team=North&attribute:City=B%26B";
    const filter = parseFilter(new URLSearchParams(query));
    expect(filter.unknownKeys).toEqual([]);
    expect(decodeURIComponent(formatFilter(filter.filter))).toBe(
      "team=North&attribute:City=B&B&not-attribute:City=(unknown)&attribute:Tags=a",
    );
  });

  it("knows no attribute without a name", () => {
    const query = "attribute:=a&not-attribute:=b&attribute=c&not-not-attribute:d=e";
    const { filter, unknownKeys } = parseFilter(new URLSearchParams(query));
    expect(filter.clauses).toEqual([]);
    expect(unknownKeys).toHaveLength(4);
  });

  it("is empty for the default", () => {
    expect(formatFilter(everything)).toBe("");
  });

  it("names the keys that nobody knows", () => {
    expect(parseFilter(new URLSearchParams("produkt=Sofa&page=2"), ["page"]).unknownKeys).toEqual([
      "produkt",
    ]);
  });

  it("says what it got and what it expects of a period", () => {
    expect(() => parseFilter(new URLSearchParams("period=lately"))).toThrow(/"lately" is not one.*2026-Q2/);
    expect(() => parseFilter(new URLSearchParams("period=2026-05-31..2026-05-01"))).toThrow("is not one");
  });
});

describe("narrowing", () => {
  it("puts one value in the place of what was asked for, and keeps what was left out", () => {
    const filter = parseFilter(new URLSearchParams("product=Sofa&product=Lamp&not-team=North")).filter;
    expect(formatFilter(narrow(narrow(filter, "product", "Bed"), "team", "South"))).toBe(
      "product=Bed&team=South&not-team=North",
    );
  });

  it("takes an attribute as it takes a dimension", () => {
    const filter = parseFilter(
      new URLSearchParams("attribute:City=A&attribute:City=B&attribute:Age=9"),
    ).filter;
    const narrowed = narrow(narrow(filter, "attribute:City", "C"), "attribute:Best", null);
    expect(decodeURIComponent(formatFilter(narrowed))).toBe(
      "attribute:Age=9&attribute:Best=(unknown)&attribute:City=C",
    );
    expect(
      formatFilter(
        without(without(narrow(everything, "attribute:a", "1"), "attribute:b", "1"), "attribute:a", "1"),
      ),
    ).toBe("");
  });

  it("is undone value by value", () => {
    const filter = parseFilter(new URLSearchParams("product=Sofa&product=Lamp")).filter;
    expect(formatFilter(without(without(filter, "product", "Sofa"), "product", "Lamp"))).toBe("");
  });
});

describe("a choice of period", () => {
  const calendar = {
    fiscalStart: 4,
    completeUntil: dayOf("2026-11-01"),
    reach: { start: dayOf("2024-01-05"), end: dayOf("2026-11-20") },
  };
  const days = (choice: string) => {
    const period = resolvePeriod(choice, calendar);
    return [formatDay(period.start), formatDay(period.end)];
  };

  it("is half-open, and relative ones end with the last complete month", () => {
    expect(days("last-12-months")).toEqual(["2025-11-01", "2026-11-01"]);
    expect(days("all")).toEqual(["2024-01-05", "2026-11-20"]);
    expect(days("2026-05-01..2026-05-31")).toEqual(["2026-05-01", "2026-06-01"]);
  });

  it("follows the fiscal year", () => {
    expect(days("2027-Q1")).toEqual(["2026-04-01", "2026-07-01"]);
    expect(days("2026")).toEqual(["2025-04-01", "2026-04-01"]);
  });
});
