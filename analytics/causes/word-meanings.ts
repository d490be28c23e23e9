import type { Corpus } from "./corpus.ts";
import { crossProduct } from "./dense-columns.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import { scaleToUnit } from "./unit-vectors.ts";
import type { WordVectors } from "./word-vectors.ts";

/** Word vectors help short texts, of which two rarely share a word, and blur long ones: 2 / (1 + words / 30). */
const greatestWeight = 2;
const halvedAt = 30;

/** How long what the words of a text mean in general is beside what it means among the others, which is 1. */
export function weightOfWords(words: number): number {
  return greatestWeight / (1 + words / halvedAt);
}

/** By word of the corpus: its row in the table, -1 where it has none. */
export function rowsOfWords(corpus: Corpus, vectors: WordVectors): Int32Array {
  return Int32Array.from(corpus.words, (word) => vectors.indexOf.get(word) ?? -1);
}

/** One row of length 1 a text. */
function sumsOfWords(corpus: Corpus, vectors: WordVectors, texts: Int32Array): Float32Array {
  const width = vectors.dimensions;
  const rowOf = rowsOfWords(corpus, vectors);
  const sums = new Float32Array(texts.length * width);
  texts.forEach((text, row) => {
    for (let at = corpus.start[text]!; at < corpus.start[text + 1]!; at++) {
      const word = rowOf[corpus.tokens[at]!]!;
      if (word < 0) continue;
      const weight = vectors.weights[word]!;
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

/**
 * What the words of one text say by their general meaning: the sum of their weighed vectors, less what all texts have in
 * common, scaled to the length `weight`, written into `target`; nothing where no word is known.
 */
export function writeMeaning(
  sums: Float32Array,
  { mean, axis }: CommonPart,
  weight: number,
  target: Float32Array,
): void {
  const width = sums.length;
  if (!scaleToUnit(sums, 0, width)) return;
  let along = 0;
  for (let d = 0; d < width; d++) along += (sums[d]! - mean[d]!) * axis[d]!;
  for (let d = 0; d < width; d++) sums[d]! -= mean[d]! + along * axis[d]!;
  if (!scaleToUnit(sums, 0, width)) return;
  for (let d = 0; d < width; d++) target[d] = sums[d]! * weight;
}
