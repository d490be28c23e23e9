import fc from "fast-check";
import { remedyTypes } from "#analytics/case.ts";
import { attributeDimension, dictionaryOf, type Facts } from "#analytics/facts/facts.ts";
import { type FilterDimension, filterDimensions } from "#analytics/filter/dimensions.ts";
import type { Clause, Cohort, Filter } from "#analytics/filter/filter.ts";

/** The chance of every test here: the same filters on each run. */
export const seed = 2;

const periods = [
  "last-12-months",
  "last-24-months",
  "last-3-months",
  "all",
  "2026",
  "2026-Q2",
  "2025-Q4",
  "2026-05",
  "2025-11-14..2026-06-09",
];
export const wholeMonths = periods.filter((period) => period !== "all" && !period.includes(".."));

/** `count` filters over the values that the columns really have, "unknown" and a value that none has. */
export function randomFilters(facts: Facts, count: number, choices: readonly string[] = periods): Filter[] {
  const filters = fc.record({
    period: fc.constantFrom(...choices),
    cohort: fc.constantFrom<Cohort>("incidence", "outcome"),
    clauses: fc
      .subarray([...filterDimensions, ...[...facts.attributes.keys()].map(attributeDimension)], {
        maxLength: 2,
      })
      .chain((dimensions) => fc.tuple(...dimensions.map((dimension) => randomClause(facts, dimension)))),
  });
  return fc.sample(filters, { numRuns: count, seed });
}

function randomClause(facts: Facts, dimension: FilterDimension): fc.Arbitrary<Clause> {
  const values: (string | null)[] =
    dimension === "remedy"
      ? [...remedyTypes, null]
      : dictionaryOf(facts, dimension).map((entry) => entry.value);
  const some = (most: number) =>
    fc.uniqueArray(fc.constantFrom(...values, "no such value"), { maxLength: most });
  return fc
    .record({ dimension: fc.constant(dimension), include: some(6), exclude: some(2) })
    .filter(({ include, exclude }) => include.length + exclude.length > 0);
}
