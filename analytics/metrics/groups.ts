import { remedyTypes } from "../case.ts";
import { type Codes, codesOf, dictionaryOf, type Facts, masks } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import { countByCode } from "./counts.ts";

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

/** The rows of each group, by its index: of a coded dimension each row once, of `remedy` under each of its remedies. Cost: two passes. */
export function rowsByGroup(facts: Facts, rows: Selection, dimension: FilterDimension): Selection[] {
  if (dimension !== "remedy")
    return rowsByCode(codesOf(facts, dimension), rows, dictionaryOf(facts, dimension).length);
  const byMask = rowsByCode(facts.remedies, rows, masks);
  const parts = Array.from({ length: remedyTypes.length + 1 }, (): Selection[] => []);
  byMask.forEach((ofMask, mask) => visitRemedies(mask, (index) => parts[index]!.push(ofMask)));
  return parts.map((selections) => Uint32Array.from(selections.flatMap((part) => [...part])));
}

function rowsByCode(codes: Codes, rows: Selection, size: number): Selection[] {
  const counts = countByCode(codes, rows, size);
  const groups = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]!]!;
    groups[code]![counts[code]!++] = rows[i]!;
  }
  return groups;
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
