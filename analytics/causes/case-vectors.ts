import type { Corpus } from "./corpus.ts";
import { besideTexts, type EmbeddingModel, fitEmbeddings } from "./embedding-block.ts";
import type { TextEmbeddings } from "./embeddings.ts";
import { projectedInPiece } from "./products/project-rows.ts";
import { sharedArrays } from "./shared-arrays.ts";
import { singularDirections } from "./singular-directions.ts";
import { type Means, plainMeans } from "./team.ts";
import { fitTerms, mostTerms, type TermModel, termRows } from "./term-matrix.ts";
import { strideOf, type UnitVectors } from "./unit-vectors.ts";
import { type CommonPart, fitCommonPart, rowsOfWords } from "./word-meanings.ts";
import type { WordVectors } from "./word-vectors.ts";

export interface VectorSource {
  /** By row: the number of its text in the corpus. */
  texts: Int32Array;
  wordVectors: WordVectors;
  /** By field, then by row: the value, `null` where it is not known. */
  fields: readonly (readonly (string | null)[])[];
  means?: Means;
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
  {
    fitted,
    fields,
    wordVectors,
    embeddings = null,
    means,
  }: Omit<VectorSource, "texts"> & {
    fitted: Int32Array;
  },
): VectorModel {
  const terms = fitTerms(corpus, fitted);
  const { count, directions } = singularDirections(
    termRows(corpus, terms, fitted),
    latentDimensions,
    terms.slotOfColumn,
    means,
  );
  const common = fitCommonPart(corpus, wordVectors, fitted);
  const embedding = embeddings && fitEmbeddings(embeddings, fitted);
  return { terms, count, directions, common, valueColumns: fields.map(commonValues), embedding };
}

/**
 * What is compared. The first part is the meaning of the text among the others: its terms on the leading singular
 * directions of the texts that the model was fitted on (latent semantic analysis, Deerwester et al. 1990), scaled to
 * length 1. Behind it stands what its words mean in general ({@link writeMeaning}), and both are scaled to length 1. Then
 * comes a block for each field with a one for the value: .5 long each, 1.0 all together, so that two alike texts meet
 * across products, and texts that say little are held together by their fields. The whole row is scaled to length 1.
 * Where a sentence model is used, its vectors stand behind ({@link besideTexts}).
 *
 * @param source the fields in the order of those that the model was fitted on
 */
export function projectCases(
  corpus: Corpus,
  model: VectorModel,
  { texts, fields, wordVectors, embeddings = null, means = plainMeans }: VectorSource,
): UnitVectors {
  const { terms, count, valueColumns } = model;
  const rows = texts.length;
  const { dimensions } = wordVectors;
  const stride = strideOf(valueColumns.reduce((sum, columns) => sum + columns.size, count + dimensions));
  const { workers } = means.team;
  const mostInRow = mostTerms(corpus, texts);
  const { arrays, simd } = sharedArrays(means.simd, {
    directions: [Float32Array, model.directions.length],
    table: [Int8Array, wordVectors.table.length],
    column: [Int32Array, workers * mostInRow],
    value: [Float32Array, workers * mostInRow],
    sums: [Float64Array, workers * count],
    meanings: [Float32Array, workers * dimensions],
  });
  arrays.directions.set(model.directions);
  arrays.table.set(wordVectors.table);
  const { arrays: wide } = sharedArrays(null, {
    values: [Int8Array, rows * stride],
    places: [Int32Array, rows * fields.length],
  });
  wide.places.set(placesOfValues(fields, valueColumns, count + dimensions));
  const { tokens, start, stemOf, hashes } = corpus;
  means.team.run(
    "projectRows",
    {
      corpus: { tokens, start, stemOf, hashes },
      texts,
      terms,
      directions: arrays.directions,
      count,
      words: {
        rowOf: rowsOfWords(corpus, wordVectors),
        table: arrays.table,
        weights: wordVectors.weights,
        dimensions,
        common: model.common,
      },
      fields: { places: wide.places, count: fields.length, weight: weightOfField(fields.length) },
      stride,
      values: wide.values,
      room: { terms: mostInRow, ...arrays },
      simd,
    },
    Math.ceil(rows / projectedInPiece),
  );
  const textWidth = count + dimensions;
  const vectors = { rows, stride, values: wide.values };
  return besideTexts(vectors, model.embedding, { corpus, texts, embeddings, textWidth });
}

function weightOfField(fields: number): number {
  return Math.min(fieldWeight, fieldWeightTotal / Math.max(1, fields));
}

/** By row, then by field: where in the vector the one for its value stands, -1 where none does. */
function placesOfValues(
  fields: VectorSource["fields"],
  valueColumns: VectorModel["valueColumns"],
  first: number,
): Int32Array {
  const rows = fields[0]?.length ?? 0;
  const places = new Int32Array(rows * fields.length).fill(-1);
  let offset = first;
  fields.forEach((values, field) => {
    const columns = valueColumns[field]!;
    values.forEach((value, row) => {
      const column = columns.get(value ?? "");
      if (column !== undefined) places[row * fields.length + field] = offset + column;
    });
    offset += columns.size;
  });
  return places;
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
