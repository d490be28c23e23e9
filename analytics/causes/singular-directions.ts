import { crossProduct, orthonormal, type TallMatrix, timesSmall } from "./dense-columns.ts";
import { type SparseProducts, sparseProducts } from "./products/sparse-products.ts";
import { randomFrom } from "./random.ts";
import type { SparseRows } from "./sparse-rows.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import { type Means, plainMeans } from "./team.ts";

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
  means: Means = plainMeans,
): SingularDirections {
  const width = Math.min(wanted + oversampling, matrix.rows, matrix.columns);
  const products = sparseProducts(matrix, width, means);
  const start = new Float32Array(matrix.columns * width);
  for (let column = 0; column < matrix.columns; column++) {
    const random = randomFrom(keys[column] ?? column);
    for (let d = column * width; d < (column + 1) * width; d++) start[d] = random() - 0.5;
  }
  let basis = orthonormal({ rows: matrix.rows, width, values: products.times(start) });
  for (let round = 0; round < powerRounds; round++) basis = orthonormal(gramTimes(products, basis));
  const eigen = symmetricEigen(crossProduct(basis, gramTimes(products, basis)), width);

  const values = Array.from(eigen.values, (value) => Math.sqrt(Math.max(0, value)));
  const count = Math.min(wanted, values.filter((value) => value > 0.001 * (values[0] ?? 0)).length);
  const rotation = new Float64Array(width * width); // column c: eigenvector c over its singular value
  for (let c = 0; c < count; c++) {
    for (let from = 0; from < width; from++) {
      rotation[from * width + c] = eigen.vectors[c * width + from]! / values[c]!;
    }
  }
  const left = timesSmall(basis, rotation, width).values; // what is left out is zero
  const directions = firstOfRows(products.transposedTimes(left), width, count);
  return { count, values: values.slice(0, count), directions };
}

/** A · Aᵀ · dense. */
function gramTimes(
  { times, transposedTimes }: SparseProducts,
  { rows, width, values }: TallMatrix,
): TallMatrix {
  return { rows, width, values: times(transposedTimes(values)) };
}

/** The first `count` numbers of each row of `width`. */
function firstOfRows(values: Float32Array, width: number, count: number): Float32Array {
  const rows = values.length / width;
  const kept = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++)
    kept.set(values.subarray(row * width, row * width + count), row * count);
  return kept;
}
