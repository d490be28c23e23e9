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
  const sums = new Float64Array(width);
  for (let row = 0; row < matrix.rows; row++) {
    sums.fill(0);
    addRowTimesDense(matrix, row, dense, sums);
    product.set(sums, row * width);
  }
  return product;
}

/**
 * Adds row `row` of the matrix times `dense` to `sums`. Four non-zeros at a time, so that a sum is fetched and stored
 * once for four products. A function of its own, because V8 optimises one that is called often better than one long loop.
 */
function addRowTimesDense(
  { start, column, value }: SparseRows,
  row: number,
  dense: Float32Array,
  sums: Float64Array,
): void {
  const width = sums.length;
  const end = start[row + 1]!;
  let k = start[row]!;
  for (; k + 3 < end; k += 4) {
    const from0 = column[k]! * width;
    const from1 = column[k + 1]! * width;
    const from2 = column[k + 2]! * width;
    const from3 = column[k + 3]! * width;
    const x0 = value[k]!;
    const x1 = value[k + 1]!;
    const x2 = value[k + 2]!;
    const x3 = value[k + 3]!;
    for (let d = 0; d < width; d++) {
      sums[d]! +=
        x0 * dense[from0 + d]! + x1 * dense[from1 + d]! + x2 * dense[from2 + d]! + x3 * dense[from3 + d]!;
    }
  }
  for (; k < end; k++) {
    const from = column[k]! * width;
    for (let d = 0; d < width; d++) sums[d]! += value[k]! * dense[from + d]!;
  }
}

/** Aᵀ: row c holds column c of `matrix`, its entries in order of the rows. One pass to count, one to place. */
export function transposed({ rows, columns, start, column, value }: SparseRows): SparseRows {
  const first = new Int32Array(columns + 1);
  for (const c of column) first[c + 1]!++;
  for (let c = 0; c < columns; c++) first[c + 1]! += first[c]!;
  const next = first.slice(0, columns);
  const rowOf = new Int32Array(column.length);
  const valueOf = new Float32Array(column.length);
  for (let row = 0; row < rows; row++) {
    for (let k = start[row]!; k < start[row + 1]!; k++) {
      const at = next[column[k]!]!++;
      rowOf[at] = row;
      valueOf[at] = value[k]!;
    }
  }
  return { rows: columns, columns: rows, start: first, column: rowOf, value: valueOf };
}
