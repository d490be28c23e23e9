import type { Codes, Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";

/** How many of the rows carry each code, 0 ("unknown") included. Cost: one pass. */
export function countByCode(codes: Codes, rows: Selection, size: number): Uint32Array {
  const own = codesAt(codes, rows);
  const counts = new Uint32Array(size);
  for (let i = 0; i < own.length; i++) counts[own[i]!]!++;
  return counts;
}

/** How many of the rows carry each pair of codes: at `first * sizes[1] + second`. Cost: one pass. */
export function countByPair(
  first: Codes,
  second: Codes,
  rows: Selection,
  [firsts, seconds]: readonly [number, number],
): Uint32Array {
  const [one, two] = [codesAt(first, rows), codesAt(second, rows)];
  const counts = new Uint32Array(firsts * seconds);
  for (let i = 0; i < one.length; i++) counts[one[i]! * seconds + two[i]!]!++;
  return counts;
}

/** The codes of the rows, in their order: a part of the column itself where the rows follow each other without a gap. */
function codesAt(codes: Codes, rows: Selection): Codes {
  const [first, last] = [rows[0] ?? 0, rows.at(-1) ?? -1];
  if (last - first === rows.length - 1) return codes.subarray(first, last + 1); // rows ascend
  const own = codes.slice(0, rows.length); // as many of the same type; all are overwritten
  for (let i = 0; i < rows.length; i++) own[i] = codes[rows[i]!]!;
  return own;
}

export interface CustomerCount {
  /** Distinct ones among the cases whose customer is known. */
  customers: number;
  /** How many cases that rests on. */
  known: number;
}

/** Memory: a byte a customer of the workspace. Cost: one pass. */
export function countCustomers(
  { customer, customers }: Pick<Facts, "customer" | "customers">,
  rows: Selection,
): CustomerCount {
  const isSeen = new Uint8Array(customers + 1);
  let [known, distinct] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const code = customer[rows[i]!]!;
    known += Number(code > 0);
    distinct += 1 - isSeen[code]!;
    isSeen[code] = 1;
  }
  return { customers: distinct - (known < rows.length ? 1 : 0), known }; // code 0 is nobody
}
