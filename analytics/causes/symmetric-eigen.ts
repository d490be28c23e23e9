/** Eigenvalues, largest first, and their eigenvectors: vector r is vectors[r * size] … vectors[r * size + size - 1]. */
export interface Eigen {
  values: Float64Array;
  vectors: Float64Array;
}

/**
 * All eigenvalues and unit eigenvectors of a symmetric matrix of `size` rows: Householder's reflections make it tridiagonal
 * (Golub & Van Loan, Matrix Computations, 4th ed., §8.3.1), implicit QL steps make that diagonal (Dubrulle, Martin & Wilkinson
 * 1968, as in EISPACK's tql2). Only the lower triangle is read. Cost: some 4 size³.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const { diagonal, beside, basis } = tridiagonal(matrix, size);
  diagonalise(diagonal, beside, basis);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const values = Float64Array.from(order, (from) => diagonal[from]!);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => vectors.set(basis.subarray(from * size, (from + 1) * size), to * size));
  return { values, vectors };
}

interface Tridiagonal {
  diagonal: Float64Array;
  /** beside[i] stands between i and i + 1; the last is 0. */
  beside: Float64Array;
  /** Row i is the direction that the i-th number of the diagonal belongs to. */
  basis: Float64Array;
}

function tridiagonal(matrix: Float64Array, size: number): Tridiagonal {
  const a = Float64Array.from(matrix);
  const beside = new Float64Array(size);
  const basis = new Float64Array(size * size);
  for (let i = 0; i < size; i++) basis[i * size + i] = 1;
  const reflector = new Float64Array(size);
  const image = new Float64Array(size);
  for (let column = 0; column + 1 < size; column++) {
    const first = column + 1;
    beside[column] = reflectorOf(a, size, column, reflector);
    if (beside[column] === a[first * size + column]) continue; // nothing below it: it stays
    // A := H A H with H = 1 - 2 v v'; with p = A v and w = p - (v' p) v that is A - 2 (v w' + w v').
    let along = 0;
    for (let i = first; i < size; i++) {
      let sum = 0;
      for (let j = first; j <= i; j++) sum += a[i * size + j]! * reflector[j]!;
      for (let j = i + 1; j < size; j++) sum += a[j * size + i]! * reflector[j]!;
      image[i] = sum;
      along += sum * reflector[i]!;
    }
    for (let i = first; i < size; i++) image[i]! -= along * reflector[i]!;
    for (let i = first; i < size; i++)
      for (let j = first; j <= i; j++)
        a[i * size + j]! -= 2 * (reflector[i]! * image[j]! + image[i]! * reflector[j]!);
    reflectRows(basis, size, first, reflector);
  }
  const diagonal = Float64Array.from({ length: size }, (_, i) => a[i * size + i]!);
  return { diagonal, beside, basis };
}

/**
 * Writes the unit vector v whose reflection 1 - 2 v v' takes what stands below the diagonal in a column onto its first
 * place; returns what comes to stand there. Where it stands there already, that is returned unchanged.
 */
function reflectorOf(a: Float64Array, size: number, column: number, reflector: Float64Array): number {
  const first = column + 1;
  const head = a[first * size + column]!;
  let below = 0;
  for (let i = first + 1; i < size; i++) below += a[i * size + column]! ** 2;
  if (below === 0) return head;
  const length = Math.sqrt(head * head + below);
  const target = head > 0 ? -length : length; // away from the head, so that nothing cancels
  const norm = Math.sqrt((head - target) ** 2 + below);
  for (let i = first; i < size; i++) reflector[i] = a[i * size + column]! / norm;
  reflector[first] = (head - target) / norm;
  return target;
}

/** Rows from `first` on become H times them. */
function reflectRows(basis: Float64Array, size: number, first: number, reflector: Float64Array): void {
  const sums = new Float64Array(size);
  for (let i = first; i < size; i++)
    for (let k = 0; k < size; k++) sums[k]! += reflector[i]! * basis[i * size + k]!;
  for (let i = first; i < size; i++)
    for (let k = 0; k < size; k++) basis[i * size + k]! -= 2 * reflector[i]! * sums[k]!;
}

/** Rotates neighbouring rows until nothing stands beside the diagonal. */
function diagonalise(diagonal: Float64Array, beside: Float64Array, basis: Float64Array): void {
  const size = diagonal.length;
  for (let low = 0; low < size; low++) {
    for (let end = endOfBlock(diagonal, beside, low); end > low; end = endOfBlock(diagonal, beside, low))
      implicitStep(diagonal, beside, basis, { low, end });
  }
}

/** The first place from `low` on beside which nothing stands, to within rounding. */
function endOfBlock(diagonal: Float64Array, beside: Float64Array, low: number): number {
  let end = low;
  while (end < diagonal.length - 1) {
    const scale = Math.abs(diagonal[end]!) + Math.abs(diagonal[end + 1]!);
    if (Math.abs(beside[end]!) <= Number.EPSILON * scale || beside[end] === 0) break;
    end++;
  }
  return end;
}

/** One QL step with Wilkinson's shift on the places `low` … `end`. */
function implicitStep(
  diagonal: Float64Array,
  beside: Float64Array,
  basis: Float64Array,
  { low, end }: { low: number; end: number },
): void {
  const slope = (diagonal[low + 1]! - diagonal[low]!) / (2 * beside[low]!);
  const root = Math.hypot(slope, 1);
  let g = diagonal[end]! - diagonal[low]! + beside[low]! / (slope + (slope < 0 ? -root : root));
  let [sine, cosine, taken] = [1, 1, 0];
  for (let i = end - 1; i >= low; i--) {
    const f = sine * beside[i]!;
    const b = cosine * beside[i]!;
    const r = Math.hypot(f, g);
    beside[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1]! -= taken;
      beside[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = diagonal[i + 1]! - taken;
    const turned = (diagonal[i]! - g) * sine + 2 * cosine * b;
    taken = sine * turned;
    diagonal[i + 1] = g + taken;
    g = cosine * turned - b;
    rotateRows(basis, diagonal.length, i, { sine, cosine });
  }
  diagonal[low]! -= taken;
  beside[low] = g;
  beside[end] = 0;
}

function rotateRows(
  basis: Float64Array,
  size: number,
  row: number,
  { sine, cosine }: { sine: number; cosine: number },
): void {
  const [one, two] = [row * size, (row + 1) * size];
  for (let k = 0; k < size; k++) {
    const [x, y] = [basis[one + k]!, basis[two + k]!];
    basis[two + k] = sine * x + cosine * y;
    basis[one + k] = cosine * x - sine * y;
  }
}
