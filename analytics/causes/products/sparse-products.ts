import { sharedArrays } from "../shared-arrays.ts";
import { type SparseRows, transposed } from "../sparse-rows.ts";
import type { Means } from "../team.ts";
import { type EntriesOfRows, multipliedInPiece } from "./multiply-rows.ts";

/** Multiplies one sparse matrix and its transpose by tall dense ones of one width, again and again. */
export interface SparseProducts {
  /** A · dense, where `dense` has a row for each column of A; the result a row for each row. */
  times(dense: Float32Array): Float32Array;
  /** Aᵀ · dense. */
  transposedTimes(dense: Float32Array): Float32Array;
}

export function sparseProducts(
  matrix: SparseRows,
  width: number,
  { team, simd: module }: Means,
): SparseProducts {
  const { rows, columns } = matrix;
  const entries = matrix.column.length;
  const { arrays, simd } = sharedArrays(module, {
    start: [Int32Array, rows + 1],
    column: [Int32Array, entries],
    value: [Float32Array, entries],
    startAcross: [Int32Array, columns + 1],
    columnAcross: [Int32Array, entries],
    valueAcross: [Float32Array, entries],
    tall: [Float32Array, columns * width],
    short: [Float32Array, rows * width],
    sums: [Float64Array, team.workers * width],
  });
  const { startAcross, columnAcross, valueAcross, tall, short, sums } = arrays;
  const across = transposed(matrix);
  arrays.start.set(matrix.start);
  arrays.column.set(matrix.column);
  arrays.value.set(matrix.value);
  startAcross.set(across.start);
  columnAcross.set(across.column);
  valueAcross.set(across.value);
  const a = { start: arrays.start, column: arrays.column, value: arrays.value };
  const aAcross = { start: startAcross, column: columnAcross, value: valueAcross };
  const run = (rowsOf: EntriesOfRows, dense: Float32Array, product: Float32Array) => {
    const count = Math.ceil((rowsOf.start.length - 1) / multipliedInPiece);
    team.run("multiplyRows", { rowsOf, dense, product, sums, width, simd }, count);
    return product.slice();
  };
  return {
    times(dense) {
      tall.set(dense.subarray(0, columns * width));
      return run(a, tall, short);
    },
    transposedTimes(dense) {
      short.set(dense);
      return run(aAcross, short, tall);
    },
  };
}
