import { expect, test } from "vitest";
import { crossProduct, orthonormal, timesSmall } from "#analytics/causes/dense-columns.ts";
import { sparseProducts } from "#analytics/causes/products/sparse-products.ts";
import { randomFrom } from "#analytics/causes/random.ts";
import { singularDirections } from "#analytics/causes/singular-directions.ts";
import type { SparseRows } from "#analytics/causes/sparse-rows.ts";
import { symmetricEigen } from "#analytics/causes/symmetric-eigen.ts";
import { plainMeans } from "#analytics/causes/team.ts";

function sparse(rows: readonly (readonly number[])[]): SparseRows {
  const cells = rows.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [{ value, column }])));
  let end = 0;
  return {
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    start: Int32Array.from([0, ...cells.map((row) => (end += row.length))]),
    column: Int32Array.from(cells.flat(), ({ column }) => column),
    value: Float32Array.from(cells.flat(), ({ value }) => value),
  };
}

/** Any keys do: here a column is known by its place. */
const keys = Int32Array.from({ length: 1_000 }, (_, column) => column);

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

function randomMatrix(rows: number, columns: number, seed: number): number[][] {
  const random = randomFrom(seed);
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (random() < 0.3 ? Math.fround(random() * 2 - 1) : 0)),
  );
}

test("a hand-worked matrix has the singular values 3√5 and √5", () => {
  // A = [[3, 0], [4, 5]]: AᵀA = [[25, 20], [20, 25]] has eigenvalues 45 and 5, along (1, 1)/√2 and (1, -1)/√2.
  const { count, values, directions } = singularDirections(
    sparse([
      [3, 0],
      [4, 5],
    ]),
    2,
    keys,
  );
  expect(count).toBe(2);
  expect(values[0]).toBeCloseTo(Math.sqrt(45), 4);
  expect(values[1]).toBeCloseTo(Math.sqrt(5), 4);
  expect(Math.abs(directions[0]!)).toBeCloseTo(Math.SQRT1_2, 4);
  expect(directions[0]! * directions[2]!).toBeCloseTo(0.5, 4);
  expect(directions[1]! * directions[3]!).toBeCloseTo(-0.5, 4);
});

test("a matrix of rank one gives one direction, and an empty one none", () => {
  expect(
    singularDirections(
      sparse([
        [1, 2],
        [2, 4],
        [3, 6],
      ]),
      5,
      keys,
    ).count,
  ).toBe(1);
  expect(singularDirections(sparse([]), 5, keys).count).toBe(0);
  expect(
    singularDirections(
      sparse([
        [0, 0],
        [0, 0],
      ]),
      5,
      keys,
    ).count,
  ).toBe(0);
});

test("all directions together keep every scalar product of the rows", () => {
  const dense = randomMatrix(12, 9, 4);
  const matrix = sparse(dense);
  const { count, directions } = singularDirections(matrix, 9, keys);
  const placed = sparseProducts(matrix, count, plainMeans).times(directions);
  const row = (r: number) => [...placed.subarray(r * count, (r + 1) * count)];
  for (let a = 0; a < 12; a++) {
    for (let b = 0; b < 12; b++) expect(dot(row(a), row(b))).toBeCloseTo(dot(dense[a]!, dense[b]!), 4);
  }
});

test("sparse products equal the naive ones", () => {
  const dense = randomMatrix(7, 5, 3);
  const right = randomMatrix(5, 3, 5);
  const left = randomMatrix(7, 3, 6);
  const products = sparseProducts(sparse(dense), 3, plainMeans);
  const product = products.times(Float32Array.from(right.flat()));
  const across = products.transposedTimes(Float32Array.from(left.flat()));
  for (let c = 0; c < 3; c++) {
    for (let r = 0; r < 7; r++) {
      expect(product[r * 3 + c]).toBeCloseTo(
        dense[r]!.reduce((sum, x, k) => sum + x * right[k]![c]!, 0),
        5,
      );
    }
    for (let k = 0; k < 5; k++) {
      expect(across[k * 3 + c]).toBeCloseTo(
        dense.reduce((sum, x, r) => sum + x[k]! * left[r]![c]!, 0),
        5,
      );
    }
  }
});

test.for([
  [8, 4],
  [11, 5],
  [3, 3],
] as const)("orthonormal columns have the identity as cross product (%i x %i)", ([rows, width]) => {
  const random = randomFrom(8);
  const values = Float32Array.from({ length: rows * width }, () => random() - 0.5);
  const basis = orthonormal({ rows, width, values });
  const product = crossProduct(basis, basis);
  product.forEach((value, at) => expect(value).toBeCloseTo(at % (width + 1) === 0 ? 1 : 0, 5));
});

test("a column that is a mixture of others, to within rounding, becomes zero", () => {
  const random = randomFrom(12);
  const rows = Array.from({ length: 30 }, () => [random(), random()] as const);
  const values = Float32Array.from(rows.flatMap(([x, y]) => [x, y, 0.1 * x + 0.7 * y]));
  const basis = orthonormal({ rows: 30, width: 3, values });
  expect(rows.map((_, row) => basis.values[row * 3 + 2])).toEqual(rows.map(() => 0));
});

test("a matrix of rank two has two directions, though rounding gives it more", () => {
  const [left, right] = [randomMatrix(20, 2, 13), randomMatrix(2, 30, 14)];
  const product = left.map(([x = 0, y = 0]) =>
    right[0]!.map((value, k) => Math.fround(x * value + y * right[1]![k]!)),
  );
  expect(singularDirections(sparse(product), 10, keys).count).toBe(2);
});

test("a tall matrix times a small one equals the naive product", () => {
  const a = randomMatrix(6, 5, 9);
  const b = randomMatrix(5, 2, 10);
  const product = timesSmall(
    { rows: 6, width: 5, values: Float32Array.from(a.flat()) },
    Float64Array.from(b.flat()),
    2,
  );
  for (let r = 0; r < 6; r++) {
    for (let c = 0; c < 2; c++) {
      expect(product.values[r * 2 + c]).toBeCloseTo(
        a[r]!.reduce((sum, x, k) => sum + x * b[k]![c]!, 0),
        5,
      );
    }
  }
});

test("eigenvalues of a hand-worked matrix are 3 and 1", () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
  expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
  expect(vectors[0]! * vectors[1]!).toBeCloseTo(0.5, 12);
  expect(vectors[2]! * vectors[3]!).toBeCloseTo(-0.5, 12);
});

test("matrix times eigenvector is eigenvalue times eigenvector", () => {
  const size = 20;
  const random = randomFrom(5);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = random() - 0.5;
  const { values, vectors } = symmetricEigen(matrix, size);
  for (let r = 0; r < size; r++) {
    const vector = vectors.subarray(r * size, (r + 1) * size);
    for (let i = 0; i < size; i++) {
      const image = vector.reduce((sum, x, j) => sum + x * matrix[i * size + j]!, 0);
      expect(image).toBeCloseTo(values[r]! * vector[i]!, 9);
    }
  }
});
