import { stemsOfText } from "./corpus.ts";
import type { ReadCases } from "./read-cases.ts";
import { pairHash, stableHash } from "./stable-hash.ts";

/** By case: a hash of its stems in order and its field values, 0 … 2³² - 1. Copies have the same, in whatever run. */
export function signaturesOf({ corpus, cases, fields }: ReadCases): Uint32Array {
  const { hashes } = corpus;
  return Uint32Array.from(cases, (_, index) =>
    stemsOfText(corpus, index).reduce(
      (hash, stem) => pairHash(hash, hashes[stem]!),
      stableHash(JSON.stringify(fields.map((values) => values[index]))),
    ),
  );
}

/** 0 or 1: the half of an assigner that a text lies in. */
export function halfOf(signature: number): 0 | 1 {
  return (signature & 1) === 0 ? 0 : 1;
}
