/**
 * Rows of length 1 (or all zeros: nothing known) in 8 bits, exact to .004: where a coordinate is c, round(127 c) stands. Row
 * r is values[r * stride] … values[(r + 1) * stride - 1].
 */
export interface UnitVectors {
  rows: number;
  /** A multiple of 8, so that kernels need no remainder; the padding is zeros. */
  stride: number;
  values: Int8Array;
}

/** What stands for a coordinate of 1. */
export const unit = 127;

/** The stride of rows of `width` coordinates. */
export function strideOf(width: number): number {
  return Math.max(8, Math.ceil(width / 8) * 8);
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
