import type { Piece } from "../piece.ts";
import type { Simd } from "../shared-arrays.ts";
import { type TermModel, type TermSource, termRowOf } from "../term-matrix.ts";
import { scaleToUnit, unit } from "../unit-vectors.ts";
import { type CommonPart, weightOfWords, writeMeaning } from "../word-meanings.ts";
import { productKernels } from "./product-kernels.ts";

/**
 * What {@link projectRows} works on; all arrays of numbers of which each row has one lie in memory that all threads see.
 */
export interface Projection {
  corpus: TermSource;
  /** By row: the number of its text in the corpus. */
  texts: Int32Array;
  terms: TermModel;
  /** Row t: the `count` coordinates of term t. */
  directions: Float32Array;
  count: number;
  words: {
    /** By word of the corpus: its row in the table, -1 where it has none. */
    rowOf: Int32Array;
    table: Int8Array;
    weights: Float32Array;
    dimensions: number;
    common: CommonPart;
  };
  fields: {
    /** By row, then by field: the place of its value in the vector, -1 where it has none. */
    places: Int32Array;
    count: number;
    weight: number;
  };
  stride: number;
  values: Int8Array;
  room: RoomOfWorkers;
  simd: Simd | null;
}

/** By worker, one after another: room for one row. */
export interface RoomOfWorkers {
  /** Terms of the longest text. */
  terms: number;
  column: Int32Array;
  value: Float32Array;
  sums: Float64Array;
  meanings: Float32Array;
}

export const projectedInPiece = 512;

/** Piece p makes the vectors of rows 512 p … 512 p + 511. */
export function projectRows(projection: Projection, worker: number): Piece {
  const { corpus, texts, terms, directions, count, words, fields, stride, values, room } = projection;
  const kernels = productKernels(projection.simd);
  const own = <View extends { subarray(from: number, to: number): View }>(view: View, length: number) =>
    view.subarray(worker * length, (worker + 1) * length);
  const column = own(room.column, room.terms);
  const value = own(room.value, room.terms);
  const sums = own(room.sums, count);
  const meanings = own(room.meanings, words.dimensions);
  const writeTerms = termRowOf(corpus, terms, { texts, room: { column, value } });
  const vector = new Float32Array(stride);

  const sumWords = (text: number) => {
    meanings.fill(0);
    for (let at = corpus.start[text]!; at < corpus.start[text + 1]!; at++) {
      const row = words.rowOf[corpus.tokens[at]!]!;
      if (row >= 0) kernels.addWord(words.table, row, words.weights[row]!, meanings);
    }
  };
  const project = (row: number) => {
    const text = texts[row]!;
    vector.fill(0);
    sums.fill(0);
    kernels.addSparseRow({ column, value, from: 0, to: writeTerms(text) }, directions, sums);
    vector.set(sums);
    if (!scaleToUnit(vector, 0, count)) return;
    sumWords(text);
    const weight = weightOfWords(corpus.start[text + 1]! - corpus.start[text]!);
    writeMeaning(meanings, words.common, weight, vector.subarray(count, count + words.dimensions));
    scaleToUnit(vector, 0, stride);
    for (let field = 0; field < fields.count; field++) {
      const place = fields.places[row * fields.count + field]!;
      if (place >= 0) vector[place] = fields.weight;
    }
    scaleToUnit(vector, 0, stride);
    for (let d = 0; d < stride; d++) values[row * stride + d] = Math.round(vector[d]! * unit);
  };
  return (piece) => {
    const end = Math.min((piece + 1) * projectedInPiece, texts.length);
    for (let row = piece * projectedInPiece; row < end; row++) project(row);
  };
}
