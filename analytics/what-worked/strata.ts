import { type CodedDimension, dictionaryOf, type Facts } from "../facts/facts.ts";

/** Which cases are alike in what they are stratified by: a code a row, from 1; 0 = unknown. */
export interface Strata {
  codes: Uint32Array;
  /** The largest code. */
  count: number;
}

/**
 * Strata by the values of dimensions together (cause and severity, say): only within one are cases compared. A case of which
 * one of them is unknown has no stratum. No dimension: all cases are one. Cost: one look-up a row and dimension.
 */
export function strataOf(facts: Facts, dimensions: readonly CodedDimension[]): Strata {
  const sizes = dimensions.map((dimension) => dictionaryOf(facts, dimension).length - 1);
  const codes = Uint32Array.from({ length: facts.size }, (_, row) => {
    let code = 0;
    for (let i = 0; i < dimensions.length; i++) {
      const value = facts.codes[dimensions[i]!][row]!;
      if (value === 0) return 0;
      code = code * sizes[i]! + value - 1;
    }
    return code + 1;
  });
  return { codes, count: sizes.reduce((product, size) => product * size, 1) };
}
