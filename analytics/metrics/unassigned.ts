import { type Facts, unassignedReasons } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";

/** Cases without a cause, by why. The rest of them a person has said to be of none, or no run has looked at yet. */
export interface UnassignedCases {
  cases: number;
  /** They fit none of the causes. */
  emerging: number;
  /** They have neither words nor a contact reason. */
  nothingKnown: number;
}

/** @param rows any selection; a case that has a cause is not counted */
export function unassignedCases({ codes, unassigned }: Facts, rows: Selection): UnassignedCases {
  const counts = new Uint32Array(1 + unassignedReasons.length);
  const { cause } = codes;
  for (let i = 0; i < rows.length; i++) if (cause[rows[i]!] === 0) counts[unassigned[rows[i]!]!]!++;
  const of = (reason: (typeof unassignedReasons)[number]) => counts[1 + unassignedReasons.indexOf(reason)]!;
  return {
    cases: counts.reduce((sum, count) => sum + count, 0),
    emerging: of("few_alike"),
    nothingKnown: of("nothing_known"),
  };
}
