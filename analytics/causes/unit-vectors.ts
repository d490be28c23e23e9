/** Rows of unit length (or all zeros: nothing known): row r is values[r * stride] … values[(r + 1) * stride - 1]. */
export interface UnitVectors {
  rows: number;
  /** A multiple of 4, so that kernels need no remainder; the padding is zeros. */
  stride: number;
  values: Float32Array;
}

/** Scales `width` numbers from `at` on to length 1; false, and nothing done, where they are all zero. */
export function scaleToUnit(values: Float32Array, at: number, width: number): boolean {
  let squares = 0;
  for (let d = 0; d < width; d++) squares += values[at + d]! ** 2;
  if (squares === 0) return false;
  const factor = 1 / Math.sqrt(squares);
  for (let d = 0; d < width; d++) values[at + d]! *= factor;
  return true;
}
