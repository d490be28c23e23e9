import type { Codes, Facts } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";

/** How many of the rows carry each code, 0 ("unknown") included. Cost: one pass. */
export function countByCode(codes: Codes, rows: Selection, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (let i = 0; i < rows.length; i++) counts[codes[rows[i]!]!]!++;
  return counts;
}

/** How many of the rows carry each pair of codes: at `first * sizes[1] + second`. Cost: one pass. */
export function countByPair(
  first: Codes,
  second: Codes,
  rows: Selection,
  [firsts, seconds]: readonly [number, number],
): Uint32Array {
  const counts = new Uint32Array(firsts * seconds);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    counts[first[row]! * seconds + second[row]!]!++;
  }
  return counts;
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
