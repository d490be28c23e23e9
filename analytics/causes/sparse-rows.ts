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
