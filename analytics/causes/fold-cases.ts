import { type Corpus, stemsOfText } from "./corpus.ts";

/** Cases that say the same, as one node each. */
export interface FoldedCases {
  /** By case: its node, or -1 for a case whose text has no word with a meaning (or no text). */
  nodeOf: Int32Array;
  /** By node: the first case in it, which speaks for it. */
  speaker: Int32Array;
  /** By node: how many cases it stands for. */
  cases: Int32Array;
}

/**
 * Folds copies: cases with the same stems in the same order and the same field values have the same vector, and ten of
 * them would fill each other's neighbour lists (measured on 10,003 short texts: .29 ARI unfolded, .34 folded).
 *
 * @param fields by field, then by case
 * @param signatures by case; copies have the same, and others hardly ever
 */
export function foldCases(
  corpus: Corpus,
  fields: readonly (readonly (string | null)[])[],
  signatures: Uint32Array,
): FoldedCases {
  const newest = new Map<number, number>(); // by signature: the node that was made last
  const older: number[] = []; // by node: the one of the same signature that was made before it, or -1
  const speaker: number[] = [];
  const cases: number[] = [];
  const isCopy = (one: number, stems: readonly number[], other: number) =>
    fields.every((values) => values[one] === values[other]) && areEqual(stems, stemsOfText(corpus, other));
  const nodeOf = Int32Array.from(signatures, (signature, text) => {
    const stems = stemsOfText(corpus, text);
    if (stems.length === 0) return -1;
    let node = newest.get(signature) ?? -1;
    while (node >= 0 && !isCopy(text, stems, speaker[node]!)) node = older[node]!;
    if (node < 0) {
      node = speaker.push(text) - 1;
      older.push(newest.get(signature) ?? -1);
      newest.set(signature, node);
      cases.push(0);
    }
    cases[node]!++;
    return node;
  });
  return { nodeOf, speaker: Int32Array.from(speaker), cases: Int32Array.from(cases) };
}

function areEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((stem, at) => stem === other[at]);
}
