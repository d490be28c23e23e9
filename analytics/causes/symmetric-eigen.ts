/** Eigenvalues, largest first, and their eigenvectors: vector r is vectors[r * size] … vectors[r * size + size - 1]. */
export interface Eigen {
  values: Float64Array;
  vectors: Float64Array;
}

const maxSweeps = 30;

/**
 * All eigenvalues and unit eigenvectors of a symmetric matrix of `size` rows, by cyclic Jacobi rotations (Golub & Van
 * Loan, Matrix Computations, 4th ed., §8.5). Slow (size³ a sweep, some 8 sweeps) and exact; sizes here are <= 150.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const rotated = new Float64Array(size * size); // row r: the direction that a[r, r] is the value of
  for (let i = 0; i < size; i++) rotated[i * size + i] = 1;
  for (let sweep = 0; sweep < maxSweeps && offDiagonalShare(a, size) > 1e-15; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, rotated, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]!);
  const values = new Float64Array(size);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    values[to] = a[from * size + from]!;
    vectors.set(rotated.subarray(from * size, (from + 1) * size), to * size);
  });
  return { values, vectors };
}

/** One rotation in the plane (p, q) that makes a[p, q] zero. Only the upper triangle of `a` is kept up to date. */
function rotate(a: Float64Array, rotated: Float64Array, size: number, p: number, q: number): void {
  const pq = a[p * size + q]!;
  const pp = a[p * size + p]!;
  const qq = a[q * size + q]!;
  if (Math.abs(pq) <= 1e-17 * Math.sqrt(Math.abs(pp * qq)) || pq === 0) return;
  const theta = (qq - pp) / (2 * pq);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) {
    if (k === p || k === q) continue;
    const kp = k < p ? k * size + p : p * size + k;
    const kq = k < q ? k * size + q : q * size + k;
    const x = a[kp]!;
    const y = a[kq]!;
    a[kp] = cosine * x - sine * y;
    a[kq] = sine * x + cosine * y;
  }
  a[p * size + p] = pp - tangent * pq;
  a[q * size + q] = qq + tangent * pq;
  a[p * size + q] = 0;
  for (let k = 0; k < size; k++) {
    const x = rotated[p * size + k]!;
    const y = rotated[q * size + k]!;
    rotated[p * size + k] = cosine * x - sine * y;
    rotated[q * size + k] = sine * x + cosine * y;
  }
}

function offDiagonalShare(a: Float64Array, size: number): number {
  let off = 0;
  let all = 0;
  for (let i = 0; i < size; i++) {
    all += a[i * size + i]! ** 2;
    for (let j = i + 1; j < size; j++) off += a[i * size + j]! ** 2;
  }
  return all === 0 && off === 0 ? 0 : off / (all + off);
}
