import { expect, test } from "vitest";
import { fitVectors, projectCases } from "#analytics/causes/case-vectors.ts";
import { readCorpus } from "#analytics/causes/corpus.ts";
import { loadKernels } from "#analytics/causes/load-kernels.ts";
import { type ProductKernels, productKernels } from "#analytics/causes/products/product-kernels.ts";
import { sparseProducts } from "#analytics/causes/products/sparse-products.ts";
import { randomFrom } from "#analytics/causes/random.ts";
import { sharedArrays } from "#analytics/causes/shared-arrays.ts";
import type { SparseRows } from "#analytics/causes/sparse-rows.ts";
import { alone, plainMeans } from "#analytics/causes/team.ts";
import { openTeam } from "#analytics/causes/team-of-threads.ts";
import { madeUpCases } from "#test/bench/causes/made-up-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

const random = randomFrom(5);
const whole = (below: number) => Math.floor(random() * below);

test("each kernel equals its twin bit for bit, over random rows of any width", () => {
  for (let trial = 0; trial < 200; trial++) {
    const [width, columns, entries] = [1 + whole(20), 1 + whole(30), whole(12)];
    const { arrays, simd } = sharedArrays(loadKernels(), {
      column: [Int32Array, entries],
      value: [Float32Array, entries],
      dense: [Float32Array, columns * width],
      sums: [Float64Array, width],
      table: [Int8Array, 3 * 8],
      words: [Float32Array, 8],
    });
    arrays.column.forEach((_, k) => {
      arrays.column[k] = whole(columns);
      arrays.value[k] = random() - 0.5;
    });
    arrays.dense.forEach((_, at) => {
      arrays.dense[at] = random() - 0.5;
    });
    arrays.table.forEach((_, at) => {
      arrays.table[at] = whole(255) - 127;
    });
    const weight = Math.fround(random());
    const from = Math.min(entries, whole(3));
    const resultOf = (kernels: ProductKernels) => {
      arrays.sums.fill(0.25);
      arrays.words.fill(0.25);
      kernels.addSparseRow({ ...arrays, from, to: entries }, arrays.dense, arrays.sums);
      kernels.addWord(arrays.table, 2, weight, arrays.words);
      return [...arrays.sums, ...arrays.words];
    };
    expect(resultOf(productKernels(simd))).toEqual(resultOf(productKernels(null)));
  }
});

test("a matrix with an empty row and an empty column is multiplied like any other", () => {
  const matrix: SparseRows = {
    rows: 3,
    columns: 3,
    start: Int32Array.of(0, 2, 2, 3),
    column: Int32Array.of(0, 2, 0),
    value: Float32Array.of(1, 2, 3),
  };
  for (const simd of [null, loadKernels()]) {
    const products = sparseProducts(matrix, 1, { team: alone, simd });
    expect([...products.times(Float32Array.of(1, 10, 100))]).toEqual([201, 0, 3]);
    expect([...products.transposedTimes(Float32Array.of(1, 10, 100))]).toEqual([301, 0, 2]);
  }
});

test("vectors are the same in JavaScript and in WebAssembly, on one thread and on three", () => {
  const cases = [...madeUpCases(1_500, { withCauses: true, seed: 4 })];
  const corpus = readCorpus(cases.map(({ text }) => text ?? ""));
  const texts = Int32Array.from(cases, (_, index) => index);
  const fields = [cases.map((_, index) => (index % 3 === 0 ? null : `shop ${index % 7}`))];
  const vectorsBy = (means: typeof plainMeans) => {
    const source = { wordVectors, fields, means, texts };
    return projectCases(corpus, fitVectors(corpus, { ...source, fitted: texts }), source);
  };
  const once = vectorsBy(plainMeans);
  expect(once.values.some((value) => value !== 0)).toBe(true);
  const team = openTeam(3);
  try {
    for (const means of [
      { team: alone, simd: loadKernels() },
      { team, simd: loadKernels() },
      { team, simd: null },
    ])
      expect(vectorsBy(means).values).toEqual(once.values);
  } finally {
    team.close();
  }
});
