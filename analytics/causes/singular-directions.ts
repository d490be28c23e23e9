import { crossProduct, orthonormal, type TallMatrix, timesSmall } from "./dense-columns.ts";
import { randomFrom } from "./random.ts";
import { type SparseRows, timesDense, transposed } from "./sparse-rows.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/**
 * The right singular vectors of a matrix: `directions` has a row of `count` numbers for each column of the matrix,
 * so that A · directions gives the coordinates of the rows (U·S).
 */
export interface SingularDirections {
  count: number;
  /** Singular values, largest first. */
  values: number[];
  directions: Float32Array;
}

const oversampling = 16;
const powerRounds = 2;

/**
 * The leading singular values and right singular vectors of a sparse matrix, at most `wanted` of them, by randomised
 * subspace iteration (Halko, Martinsson & Tropp 2011, algorithm 4.4). Directions whose singular value is below a
 * thousandth of the largest are noise of 32-bit numbers and left out, so a matrix of rank 2 gives 2.
 * The start is drawn for each column by its key, so that the same columns with a few more rows begin alike: what the
 * iteration leaves undecided (directions of nearly equal weight) is then decided alike too, and neighbours stay neighbours.
 *
 * @param keys by column: what identifies it from run to run
 * Cost: 7 passes over the non-zeros, each `wanted + 16` wide, and some 4 · rows · (wanted + 16)²: all dense work is on
 * the side of the rows, of which there are fewer than terms.
 */
export function singularDirections(
  matrix: SparseRows,
  wanted: number,
  keys: ArrayLike<number>,
): SingularDirections {
  const across = transposed(matrix);
  const width = Math.min(wanted + oversampling, matrix.rows, matrix.columns);
  const start = new Float32Array(matrix.columns * width);
  for (let column = 0; column < matrix.columns; column++) {
    const random = randomFrom(keys[column] ?? column);
    for (let d = column * width; d < (column + 1) * width; d++) start[d] = random() - 0.5;
  }
  let basis = orthonormal({ rows: matrix.rows, width, values: timesDense(matrix, start, width) });
  for (let round = 0; round < powerRounds; round++) basis = orthonormal(gramTimes(matrix, across, basis));
  const eigen = symmetricEigen(crossProduct(basis, gramTimes(matrix, across, basis)), width);

  const values = Array.from(eigen.values, (value) => Math.sqrt(Math.max(0, value)));
  const count = Math.min(wanted, values.filter((value) => value > 0.001 * (values[0] ?? 0)).length);
  const rotation = new Float64Array(width * count); // column c: eigenvector c over its singular value
  for (let c = 0; c < count; c++) {
    for (let from = 0; from < width; from++) {
      rotation[from * count + c] = eigen.vectors[c * width + from]! / values[c]!;
    }
  }
  const left = timesSmall(basis, rotation, count).values;
  return { count, values: values.slice(0, count), directions: timesDense(across, left, count) };
}

/** A · Aᵀ · dense, where `across` is Aᵀ. */
function gramTimes(matrix: SparseRows, across: SparseRows, { rows, width, values }: TallMatrix): TallMatrix {
  return { rows, width, values: timesDense(matrix, timesDense(across, values, width), width) };
}
