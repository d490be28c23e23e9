/**
 * A matrix of mostly zeros, row by row (compressed sparse rows):
 * row r holds value[k] in column column[k] for k = start[r] … start[r + 1] - 1.
 */
export interface SparseRows {
  rows: number;
  columns: number;
  start: Int32Array;
  column: Int32Array;
  value: Float32Array;
}

/** A · dense, where `dense` has `columns` rows of `width`; the result has `rows` rows of `width`, row after row. */
export function timesDense(matrix: SparseRows, dense: Float32Array, width: number): Float32Array {
  const product = new Float32Array(matrix.rows * width);
  for (let row = 0; row < matrix.rows; row++) {
    for (let k = matrix.start[row]!; k < matrix.start[row + 1]!; k++) {
      addScaled(product, row * width, dense, matrix.column[k]! * width, matrix.value[k]!, width);
    }
  }
  return product;
}

/** Aᵀ · dense, where `dense` has `rows` rows of `width`; the result has `columns` rows of `width`. */
export function transposedTimesDense(matrix: SparseRows, dense: Float32Array, width: number): Float32Array {
  const product = new Float32Array(matrix.columns * width);
  for (let row = 0; row < matrix.rows; row++) {
    for (let k = matrix.start[row]!; k < matrix.start[row + 1]!; k++) {
      addScaled(product, matrix.column[k]! * width, dense, row * width, matrix.value[k]!, width);
    }
  }
  return product;
}

/** target[to …] += factor · source[from …], `width` numbers. */
function addScaled(
  target: Float32Array,
  to: number,
  source: Float32Array,
  from: number,
  factor: number,
  width: number,
): void {
  for (let d = 0; d < width; d++) target[to + d]! += factor * source[from + d]!;
}
