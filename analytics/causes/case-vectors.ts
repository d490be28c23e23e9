import type { Corpus } from "./corpus.ts";
import { besideTexts, type EmbeddingModel, fitEmbeddings } from "./embedding-block.ts";
import type { TextEmbeddings } from "./embeddings.ts";
import { singularDirections } from "./singular-directions.ts";
import { timesDense } from "./sparse-rows.ts";
import { fitTerms, type TermModel, termRows } from "./term-matrix.ts";
import { scaleToUnit, type UnitVectors } from "./unit-vectors.ts";
import { type CommonPart, fitCommonPart, wordMeanings } from "./word-meanings.ts";
import type { WordVectors } from "./word-vectors.ts";

export interface VectorSource {
  /** By row: the number of its text in the corpus. */
  texts: Int32Array;
  wordVectors: WordVectors;
  /** By field, then by row: the value, `null` where it is not known. */
  fields: readonly (readonly (string | null)[])[];
  /** What a sentence model makes of the texts, where one is used. */
  embeddings?: TextEmbeddings | null;
}

/** What is learned from cases: with it any text becomes a vector, also one that was not there when it was learned. */
export interface VectorModel {
  terms: TermModel;
  /** Singular directions. */
  count: number;
  /** Row t: the `count` coordinates of term t. */
  directions: Float32Array;
  common: CommonPart;
  /** By field: the column of each value that has one. */
  valueColumns: ReadonlyMap<string, number>[];
  /** `null`: fitted without sentence vectors, and used without. */
  embedding: EmbeddingModel | null;
}

export const latentDimensions = 128;
const fieldWeight = 0.5;
const fieldWeightTotal = 1;
/** Field values with a dimension of their own; rarer values join hardly any case and have none. */
const valuesPerField = 24;

/**
 * Learns what {@link projectCases} needs.
 * @param fitted the texts that the terms and directions are learned from: all of the source, or a sample
 */
export function fitVectors(
  corpus: Corpus,
  { fitted, fields, wordVectors, embeddings = null }: Omit<VectorSource, "texts"> & { fitted: Int32Array },
): VectorModel {
  const terms = fitTerms(corpus, fitted);
  const { count, directions } = singularDirections(
    termRows(corpus, terms, fitted),
    latentDimensions,
    terms.slotOfColumn,
  );
  const common = fitCommonPart(corpus, wordVectors, fitted);
  const embedding = embeddings && fitEmbeddings(embeddings, fitted);
  return { terms, count, directions, common, valueColumns: fields.map(commonValues), embedding };
}

/**
 * What is compared. The first part is the meaning of the text among the others: its terms on the leading singular
 * directions of the texts that the model was fitted on (latent semantic analysis, Deerwester et al. 1990), scaled to
 * length 1. Behind it stands what its words mean in general ({@link wordMeanings}), and both are scaled to length 1. Then
 * comes a block for each field with a one for the value: .5 long each, 1.0 all together, so that two alike texts meet
 * across products, and texts that say little are held together by their fields. The whole row is scaled to length 1.
 * Where a sentence model is used, its vectors stand behind ({@link besideTexts}).
 *
 * @param source the fields in the order of those that the model was fitted on
 */
export function projectCases(
  corpus: Corpus,
  { terms, count, directions, common, valueColumns, embedding }: VectorModel,
  { texts, fields, wordVectors, embeddings = null }: VectorSource,
): UnitVectors {
  const rows = texts.length;
  const meaning = timesDense(termRows(corpus, terms, texts), directions, count);
  const words = wordMeanings(corpus, wordVectors, { texts, common });
  const wordWidth = wordVectors.dimensions;
  const width = valueColumns.reduce((sum, columns) => sum + columns.size, count + wordWidth);
  const stride = Math.max(4, Math.ceil(width / 4) * 4);
  const values = new Float32Array(rows * stride);
  const weight = Math.min(fieldWeight, fieldWeightTotal / Math.max(1, fields.length));
  for (let row = 0; row < rows; row++) {
    values.set(meaning.subarray(row * count, (row + 1) * count), row * stride);
    if (!scaleToUnit(values, row * stride, stride)) continue;
    values.set(words.subarray(row * wordWidth, (row + 1) * wordWidth), row * stride + count);
    scaleToUnit(values, row * stride, stride);
    let offset = row * stride + count + wordWidth;
    valueColumns.forEach((columns, index) => {
      const column = columns.get(fields[index]?.[row] ?? "");
      if (column !== undefined) values[offset + column] = weight;
      offset += columns.size;
    });
    scaleToUnit(values, row * stride, stride);
  }
  const textWidth = count + wordWidth;
  return besideTexts({ rows, stride, values }, embedding, { corpus, texts, embeddings, textWidth });
}

/** The most frequent values of a field, each with its column; ties in order of the value. */
function commonValues(field: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of field) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts]
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Map(ranked.slice(0, valuesPerField).map(([value], column) => [value, column]));
}
