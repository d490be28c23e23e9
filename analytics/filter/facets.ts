import { remedyTypes } from "../case.ts";
import { codesOf, dictionaryOf, type Facts, remedyBit } from "../facts/facts.ts";
import type { Period } from "../period.ts";
import type { FilterDimension } from "./dimensions.ts";
import type { Filter } from "./filter.ts";
import { type Selection, select } from "./select.ts";

export interface Facet {
  value: string | null;
  label: string;
  /** Cases with the value under all *other* conditions of the filter. */
  count: number;
}

/**
 * The values of each dimension with what choosing each would show; most frequent first, "unknown" last.
 * Cost: one pass over the period for each dimension, and a selection for each that has a condition.
 */
export function facetsOf(
  facts: Facts,
  filter: Filter,
  period: Period,
  dimensions: readonly FilterDimension[],
): ReadonlyMap<FilterDimension, Facet[]> {
  const under = (clauses: Filter["clauses"]) => select(facts, period, filter.cohort, clauses);
  const underAll = under(filter.clauses);
  const rowsFor = (dimension: FilterDimension) => {
    const others = filter.clauses.filter((clause) => clause.dimension !== dimension);
    return others.length === filter.clauses.length ? underAll : under(others);
  };
  return new Map(dimensions.map((dimension) => [dimension, facet(facts, rowsFor(dimension), dimension)]));
}

function facet(facts: Facts, rows: Selection, dimension: FilterDimension): Facet[] {
  const facets = dimension === "remedy" ? remedyFacets(facts, rows) : codedFacets(facts, rows, dimension);
  return facets.sort(
    (a, b) =>
      Number(a.value === null) - Number(b.value === null) ||
      b.count - a.count ||
      (a.label < b.label ? -1 : 1),
  );
}

function codedFacets(facts: Facts, rows: Selection, dimension: Exclude<FilterDimension, "remedy">): Facet[] {
  const dictionary = dictionaryOf(facts, dimension);
  const counts = new Uint32Array(dictionary.length);
  const codes = codesOf(facts, dimension);
  for (const row of rows) counts[codes[row] ?? 0] = (counts[codes[row] ?? 0] ?? 0) + 1;
  return dictionary.map((entry, code) => ({ ...entry, count: counts[code] ?? 0 }));
}

function remedyFacets(facts: Facts, rows: Selection): Facet[] {
  const count = (test: (mask: number) => boolean) =>
    rows.reduce((sum, row) => sum + (test(facts.remedies[row] ?? 0) ? 1 : 0), 0);
  const known = remedyTypes.map((remedy) => ({
    value: remedy,
    label: remedy.replaceAll("_", " "),
    count: count((mask) => (mask & remedyBit(remedy)) !== 0),
  }));
  return [...known, { value: null, label: "unknown", count: count((mask) => mask === 0) }];
}
