import type { Corpus } from "./corpus.ts";
import { crossProduct } from "./dense-columns.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import { scaleToUnit } from "./unit-vectors.ts";
import { type WordVectors, wordWeights } from "./word-vectors.ts";

/** Word vectors help short texts, of which two rarely share a word, and blur long ones: 2 / (1 + words / 30). */
const greatestWeight = 2;
const halvedAt = 30;

/**
 * What each text says by the general meaning of its words: the sum of their weighed vectors, less what all texts have
 * in common, scaled to a length that falls with the number of its words. Row r is the text texts[r]: `dimensions` numbers,
 * all zero where no word is known.
 */
export function wordMeanings(
  corpus: Corpus,
  vectors: WordVectors,
  { texts, common }: { texts: Int32Array; common: CommonPart },
): Float32Array {
  const width = vectors.dimensions;
  const sums = sumsOfWords(corpus, vectors, texts);
  texts.forEach((text, row) => {
    if (!removeCommon(sums, row * width, common)) return;
    const words = corpus.start[text + 1]! - corpus.start[text]!;
    const weight = greatestWeight / (1 + words / halvedAt);
    for (let d = row * width; d < (row + 1) * width; d++) sums[d]! *= weight;
  });
  return sums;
}

/** One row of length 1 a text. */
function sumsOfWords(corpus: Corpus, vectors: WordVectors, texts: Int32Array): Float32Array {
  const width = vectors.dimensions;
  const weights = wordWeights(vectors);
  const indexOf = corpus.words.map((word) => vectors.indexOf.get(word) ?? -1);
  const sums = new Float32Array(texts.length * width);
  texts.forEach((text, row) => {
    for (let at = corpus.start[text]!; at < corpus.start[text + 1]!; at++) {
      const word = indexOf[corpus.tokens[at]!]!;
      if (word < 0) continue;
      const weight = weights[word]!;
      for (let d = 0; d < width; d++)
        sums[row * width + d]! += Math.fround(vectors.table[word * width + d]! * weight);
    }
    scaleToUnit(sums, row * width, width);
  });
  return sums;
}

/** What texts have in common. */
export interface CommonPart {
  mean: Float64Array;
  /** A unit vector: the direction in which they differ most, which is how much they say of nothing in particular. */
  axis: Float64Array;
}

/** Learns the common part of the texts `fitted`. */
export function fitCommonPart(corpus: Corpus, vectors: WordVectors, fitted: Int32Array): CommonPart {
  const width = vectors.dimensions;
  const rows = fitted.length;
  const sums = sumsOfWords(corpus, vectors, fitted);
  const mean = new Float64Array(width);
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < width; d++) mean[d]! += sums[row * width + d]! / rows;
  for (let row = 0; row < rows; row++) for (let d = 0; d < width; d++) sums[row * width + d]! -= mean[d]!;
  const tall = { rows, width, values: sums };
  const { vectors: axes } = symmetricEigen(crossProduct(tall, tall), width);
  return { mean, axis: axes.subarray(0, width) };
}

/** Takes the common part out of the row that begins at `at` and scales it to length 1; false for a row of zeros. */
function removeCommon(sums: Float32Array, at: number, { mean, axis }: CommonPart): boolean {
  const width = mean.length;
  let [along, isKnown] = [0, false];
  for (let d = 0; d < width; d++) {
    isKnown ||= sums[at + d] !== 0;
    along += (sums[at + d]! - mean[d]!) * axis[d]!;
  }
  if (!isKnown) return false;
  for (let d = 0; d < width; d++) sums[at + d]! -= mean[d]! + along * axis[d]!;
  return scaleToUnit(sums, at, width);
}
