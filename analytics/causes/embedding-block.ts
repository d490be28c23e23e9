import type { Corpus } from "./corpus.ts";
import { crossProduct, orthonormal, type TallMatrix, timesSmall } from "./dense-columns.ts";
import type { TextEmbeddings } from "./embeddings.ts";
import { randomFrom } from "./random.ts";
import { scaleToUnit, strideOf, type UnitVectors, unit } from "./unit-vectors.ts";

/** What is learned from the sentence vectors of some texts. */
export interface EmbeddingModel {
  /** Dimensions of the sentence vectors. */
  dimensions: number;
  /** Of those that stay; as many where none need to go. */
  kept: number;
  mean: Float32Array;
  /** Row d: the `kept` coordinates of dimension d; empty where none go. */
  axes: Float32Array;
}

/** Where the rows of {@link besideTexts} come from. */
export interface EmbeddingSource {
  corpus: Corpus;
  /** By row: the number of its text. */
  texts: Int32Array;
  embeddings: TextEmbeddings | null;
  /** So many columns at the beginning of a row are of its text, the others of its fields. */
  textWidth: number;
}

const mostDimensions = 128;
/** More texts tell the axes no better. */
const textsLookedAt = 2_000;
/** Enough to part what varies much from what varies little; the axes themselves may be turned. */
const rounds = 8;

/** A sentence vector beside the text's own, 1.2 / (1 + words / 30): it helps short texts and blurs long ones. */
const greatestWeight = 1.2;
const halvedAt = 30;

/**
 * Learns what sentence vectors have in common, and where they are wide the 128 directions in which they differ most
 * (principal components, by subspace iteration on the covariance: Golub & Van Loan, Matrix Computations, 4th ed., §7.3).
 * @param fitted the texts to learn from
 */
export function fitEmbeddings(embeddings: TextEmbeddings, fitted: Int32Array): EmbeddingModel {
  const { dimensions } = embeddings;
  const step = Math.max(1, Math.ceil(fitted.length / textsLookedAt));
  const rows = [...fitted].filter((_, at) => at % step === 0).flatMap((text) => rowOfText(embeddings, text));
  const mean = new Float32Array(dimensions);
  for (const row of rows) for (let d = 0; d < dimensions; d++) mean[d]! += row[d]! / rows.length;
  if (dimensions <= mostDimensions) return { dimensions, kept: dimensions, mean, axes: new Float32Array() };
  const values = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) => {
    for (let d = 0; d < dimensions; d++) values[at * dimensions + d] = row[d]! - mean[d]!;
  });
  const axes = leadingAxes({ rows: rows.length, width: dimensions, values }, mostDimensions);
  return { dimensions, kept: mostDimensions, mean, axes };
}

function leadingAxes(centred: TallMatrix, count: number): Float32Array {
  const size = centred.width;
  const covariance = {
    rows: size,
    width: size,
    values: Float32Array.from(crossProduct(centred, centred)),
  };
  const random = randomFrom(1);
  let axes: TallMatrix = {
    rows: size,
    width: count,
    values: Float32Array.from({ length: size * count }, () => random() - 0.5),
  };
  for (let round = 0; round < rounds; round++)
    axes = orthonormal(timesSmall(covariance, Float64Array.from(axes.values), count));
  return axes.values;
}

/**
 * Rows of texts and fields with the block of the sentence vectors behind them. The part of the text and the sentence
 * vector, by its weight, are scaled to length 1 together, then the fields stand beside both as they stood beside the
 * text, and the whole row is scaled to length 1. A text of which the terms tell nothing is its sentence alone. Without a
 * model the rows stay as they are.
 *
 * @throws Error where there are sentence vectors and the model knows none, or the other way round
 */
export function besideTexts(
  vectors: UnitVectors,
  model: EmbeddingModel | null,
  { corpus, texts, embeddings, textWidth }: EmbeddingSource,
): UnitVectors {
  if (model === null && embeddings === null) return vectors;
  if (model === null || embeddings?.dimensions !== model.dimensions)
    throw new Error(
      `The texts have sentence vectors of ${embeddings?.dimensions ?? "no"} dimensions; expected ${model?.dimensions ?? "none"}, as when the model was fitted.`,
    );
  const sentences = reduced(texts, model, embeddings);
  const { stride: before, rows } = vectors;
  const stride = strideOf(before + model.kept);
  const values = new Int8Array(rows * stride);
  const vector = new Float32Array(stride);
  for (let row = 0; row < rows; row++) {
    vector.fill(0);
    for (let d = 0; d < before; d++) vector[d] = vectors.values[row * before + d]! / unit;
    const text = texts[row]!;
    const words = corpus.start[text + 1]! - corpus.start[text]!;
    const weight = greatestWeight / (1 + words / halvedAt);
    addSentence(vector, sentences.subarray(row * model.kept, (row + 1) * model.kept), {
      weight,
      textWidth,
      before,
    });
    values.set(
      vector.map((value) => Math.round(value * unit)),
      row * stride,
    );
  }
  return { rows, stride, values };
}

/** Writes a sentence vector behind the `before` columns of a row of length 1; nothing where it has none. */
function addSentence(
  vector: Float32Array,
  sentence: Float32Array,
  { weight, textWidth, before }: { weight: number; textWidth: number; before: number },
): void {
  if (lengthOf(sentence, sentence.length) === 0) return;
  const length = lengthOf(vector, textWidth);
  const share = length === 0 ? 1 : length * weight;
  const shrunk = length / Math.hypot(length, share);
  for (let d = 0; d < textWidth; d++) vector[d]! *= shrunk;
  const scale = length === 0 ? 1 : share * shrunk;
  for (let d = 0; d < sentence.length; d++) vector[before + d] = sentence[d]! * scale;
  scaleToUnit(vector, 0, vector.length);
}

/** By row: the sentence vector less the mean, on the axes that stay, of length 1; zeros where there is none. */
function reduced(
  texts: Int32Array,
  { dimensions, kept, mean, axes }: EmbeddingModel,
  embeddings: TextEmbeddings,
): Float32Array {
  const values = new Float32Array(texts.length * dimensions);
  texts.forEach((text, row) => {
    const [vector] = rowOfText(embeddings, text);
    if (vector === undefined) return;
    for (let d = 0; d < dimensions; d++) values[row * dimensions + d] = vector[d]! - mean[d]!;
  });
  const wide = { rows: texts.length, width: dimensions, values };
  const narrow = axes.length === 0 ? values : timesSmall(wide, Float64Array.from(axes), kept).values;
  texts.forEach((_, row) => scaleToUnit(narrow, row * kept, kept));
  return narrow;
}

/** The sentence vector of a text, as a list of one; none where it has none. */
function rowOfText({ rowOf, dimensions, values }: TextEmbeddings, text: number): Float32Array[] {
  const row = rowOf[text] ?? -1;
  return row < 0 ? [] : [values.subarray(row * dimensions, (row + 1) * dimensions)];
}

/** Of the first `width` numbers. */
function lengthOf(values: Float32Array, width: number): number {
  let squares = 0;
  for (let d = 0; d < width; d++) squares += values[d]! ** 2;
  return Math.sqrt(squares);
}
