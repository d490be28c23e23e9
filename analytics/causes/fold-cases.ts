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
 * @param keys by case: whatever else must be equal, as one text.
 */
export function foldCases(corpus: Corpus, keys: readonly string[]): FoldedCases {
  const nodes = new Map<string, number>();
  const speaker: number[] = [];
  const cases: number[] = [];
  const nodeOf = Int32Array.from(keys, (key, text) => {
    const stems = stemsOfText(corpus, text);
    if (stems.length === 0) return -1;
    const signature = `${stems.join()} ${key}`;
    const node = nodes.get(signature) ?? speaker.length;
    if (node === speaker.length) {
      nodes.set(signature, node);
      speaker.push(text);
      cases.push(0);
    }
    cases[node]!++;
    return node;
  });
  return { nodeOf, speaker: Int32Array.from(speaker), cases: Int32Array.from(cases) };
}
