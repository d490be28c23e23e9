import { remedyTypes } from "../case.ts";
import { codesOf, dictionaryOf, type Facts } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";

/** One value of a dimension, as a row of a table. */
export interface Group {
  dimension: FilterDimension;
  /** `null` = unknown. */
  value: string | null;
  label: string;
}

/** The groups of a dimension by their index; 0 is "unknown". A remedy's index is its bit's, plus 1. */
export function groupsOf(facts: Facts, dimension: FilterDimension): Group[] {
  const entries =
    dimension === "remedy"
      ? [
          { value: null, label: "unknown" },
          ...remedyTypes.map((value) => ({ value, label: value.replaceAll("_", " ") })),
        ]
      : dictionaryOf(facts, dimension);
  return entries.map(({ value, label }) => ({ dimension, value, label }));
}

/**
 * Calls `visit(row, index)` for each group that a row is in: one for a coded dimension, each of its remedies (or
 * unknown) for `remedy`. Cost: one look-up a row, eight for remedies.
 */
export function visitGroups(
  facts: Facts,
  rows: Uint32Array,
  dimension: FilterDimension,
  visit: (row: number, index: number) => void,
): void {
  if (dimension !== "remedy") {
    const codes = codesOf(facts, dimension);
    for (const row of rows) visit(row, codes[row] ?? 0);
    return;
  }
  for (const row of rows) visitRemedies(facts.remedies[row] ?? 0, (index) => visit(row, index));
}

/** The remedies of a case by index, from 1; 0 where none is known. */
export function visitRemedies(mask: number, visit: (index: number) => void): void {
  if (mask === 0) return visit(0);
  for (let bit = 0; bit < remedyTypes.length; bit++) if ((mask & (1 << bit)) !== 0) visit(bit + 1);
}

/** Largest first (ties: by label), unknown last. */
export function byResolved(
  a: { group: Group; resolved: number },
  b: { group: Group; resolved: number },
): number {
  return (
    Number(a.group.value === null) - Number(b.group.value === null) ||
    b.resolved - a.resolved ||
    (a.group.label < b.group.label ? -1 : 1)
  );
}
