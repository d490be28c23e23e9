import { type Corpus, stemsOfText } from "./corpus.ts";
import { pairHash, stableHash } from "./stable-hash.ts";

/**
 * By case: a hash of its stems in order and its field values, 0 … 2³² - 1. Copies have the same, in whatever run.
 *
 * @param fields by field, then by case
 */
export function signaturesOf(
  corpus: Corpus,
  fields: readonly (readonly (string | null)[])[],
  cases: number,
): Uint32Array {
  const hashOfValues = new Map<string, number>();
  return new Uint32Array(cases).map((_, index) => {
    const values = JSON.stringify(fields.map((ofCases) => ofCases[index]));
    const first = hashOfValues.get(values) ?? stableHash(values);
    hashOfValues.set(values, first);
    return stemsOfText(corpus, index).reduce((hash, stem) => pairHash(hash, corpus.hashes[stem]!), first);
  });
}

/** 0 or 1: the half of an assigner that a text lies in. */
export function halfOf(signature: number): 0 | 1 {
  return (signature & 1) === 0 ? 0 : 1;
}
