import { remedyTypes } from "../case.ts";
import { codesOf, dictionaryOf, type Facts, masks, remedyBit } from "../facts/facts.ts";
import { countByCode } from "../metrics/counts.ts";
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
  const counts = countByCode(codesOf(facts, dimension), rows, dictionary.length);
  return dictionary.map((entry, code) => ({ ...entry, count: counts[code]! }));
}

function remedyFacets(facts: Facts, rows: Selection): Facet[] {
  const byMask = countByCode(facts.remedies, rows, masks);
  const known = remedyTypes.map((remedy) => ({
    value: remedy,
    label: remedy.replaceAll("_", " "),
    count: byMask.reduce((sum, count, mask) => sum + ((mask & remedyBit(remedy)) === 0 ? 0 : count), 0),
  }));
  return [...known, { value: null, label: "unknown", count: byMask[0]! }];
}
