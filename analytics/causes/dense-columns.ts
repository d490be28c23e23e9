/**
 * A tall dense matrix, row after row: row r holds values[r * width] … values[(r + 1) * width - 1]. The loops below take
 * four rows (or columns) at a time, so that each partial sum is fetched once for four products; small square matrices
 * are 64-bit and stay in the cache.
 */
export interface TallMatrix {
  rows: number;
  width: number;
  values: Float32Array;
}

/**
 * Makes the columns of a matrix orthonormal (Cholesky QR). A column that depends on the ones before it, to within
 * 1e-5 of its length, becomes zero.
 */
export function orthonormal(matrix: TallMatrix): TallMatrix {
  const { width } = matrix;
  const factor = choleskyFactor(crossProduct(matrix, matrix), width);
  return timesSmall(matrix, transposedInverse(factor, width), width, true);
}

/** leftᵀ · right, a square of `width`, summed in 64 bits; only for a product that is symmetric. */
export function crossProduct(left: TallMatrix, right: TallMatrix): Float64Array {
  const { rows, width, values: a } = left;
  const b = right.values;
  const product = new Float64Array(width * width);
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) {
    const at0 = row * width;
    const at1 = at0 + width;
    const at2 = at1 + width;
    const at3 = at2 + width;
    for (let i = 0; i < width; i++) {
      const a0 = a[at0 + i]!;
      const a1 = a[at1 + i]!;
      const a2 = a[at2 + i]!;
      const a3 = a[at3 + i]!;
      for (let j = i; j < width; j++) {
        product[i * width + j]! += a0 * b[at0 + j]! + a1 * b[at1 + j]! + a2 * b[at2 + j]! + a3 * b[at3 + j]!;
      }
    }
  }
  for (let row = whole; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      for (let j = i; j < width; j++) product[i * width + j]! += a[row * width + i]! * b[row * width + j]!;
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) product[i * width + j] = product[j * width + i]!;
  }
  return product;
}

/**
 * matrix · small, where `small` has `matrix.width` rows of `width` numbers; of an `isUpper` triangle the zeros below
 * the diagonal are skipped.
 */
export function timesSmall(
  matrix: TallMatrix,
  small: Float64Array,
  width: number,
  isUpper = false,
): TallMatrix {
  const product = new Float32Array(matrix.rows * width);
  const sums = new Float64Array(width);
  const whole = matrix.width - (matrix.width % 4);
  for (let row = 0; row < matrix.rows; row++) {
    const at = row * matrix.width;
    sums.fill(0);
    for (let from = 0; from < whole; from += 4) {
      const x0 = matrix.values[at + from]!;
      const x1 = matrix.values[at + from + 1]!;
      const x2 = matrix.values[at + from + 2]!;
      const x3 = matrix.values[at + from + 3]!;
      const at0 = from * width;
      const at1 = at0 + width;
      const at2 = at1 + width;
      const at3 = at2 + width;
      for (let to = isUpper ? from : 0; to < width; to++) {
        sums[to]! +=
          x0 * small[at0 + to]! + x1 * small[at1 + to]! + x2 * small[at2 + to]! + x3 * small[at3 + to]!;
      }
    }
    for (let from = whole; from < matrix.width; from++) {
      for (let to = 0; to < width; to++) sums[to]! += matrix.values[at + from]! * small[from * width + to]!;
    }
    product.set(sums, row * width);
  }
  return { rows: matrix.rows, width, values: product };
}

/** The lower triangle L with L · Lᵀ = gram; a zero on the diagonal where a column adds nothing. */
function choleskyFactor(gram: Float64Array, width: number): Float64Array {
  const factor = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = gram[i * width + j]!;
      for (let k = 0; k < j; k++) rest -= factor[i * width + k]! * factor[j * width + k]!;
      const pivot = factor[j * width + j]!;
      if (i !== j) factor[i * width + j] = pivot === 0 ? 0 : rest / pivot;
      else factor[i * width + i] = rest > 1e-10 * gram[i * width + i]! ? Math.sqrt(rest) : 0;
    }
  }
  return factor;
}

/** (L⁻¹)ᵀ of a lower triangle; a column with a zero on the diagonal becomes zero. */
function transposedInverse(factor: Float64Array, width: number): Float64Array {
  const inverse = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    const pivot = factor[i * width + i]!;
    if (pivot === 0) continue;
    inverse[i * width + i] = 1 / pivot;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += factor[i * width + k]! * inverse[j * width + k]!;
      inverse[j * width + i] = -sum / pivot;
    }
  }
  return inverse;
}
