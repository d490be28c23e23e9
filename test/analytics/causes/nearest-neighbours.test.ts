import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { loadKernels } from "#analytics/causes/load-kernels.ts";
import { offer, scalarKernels } from "#analytics/causes/neighbours/kernels.ts";
import { approximateNeighbours, exactNeighbours } from "#analytics/causes/neighbours/nearest-neighbours.ts";
import { leastNumber, type SearchShape, searchMemory } from "#analytics/causes/neighbours/search-memory.ts";
import { simdKernels } from "#analytics/causes/neighbours/simd-kernels.ts";
import { type Random, randomFrom } from "#analytics/causes/random.ts";
import { alone, plainMeans } from "#analytics/causes/team.ts";
import { openTeam } from "#analytics/causes/team-of-threads.ts";
import { scaleToUnit, strideOf, type UnitVectors, unit } from "#analytics/causes/unit-vectors.ts";

/** Unit vectors of `width` coordinates around `centres` random points, so that near ones exist. */
function scattered(rows: number, width: number, centres: number): UnitVectors {
  const random = randomFrom(11);
  const centre = Float32Array.from({ length: centres * width }, () => random() - 0.5);
  const stride = strideOf(width);
  const values = new Int8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const vector = Float32Array.from(
      { length: width },
      (_, d) => centre[(row % centres) * width + d]! + 0.6 * (random() - 0.5),
    );
    scaleToUnit(vector, 0, width);
    values.set(
      vector.map((value) => Math.round(value * unit)),
      row * stride,
    );
  }
  return { rows, stride, values };
}

test("exact neighbours are those of comparing and sorting all", () => {
  const vectors = scattered(61, 12, 5);
  const { ids, similarities } = exactNeighbours(vectors, 4);
  const cosine = (a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < 16; d++) sum += vectors.values[a * 16 + d]! * vectors.values[b * 16 + d]!;
    return sum / unit ** 2;
  };
  for (let row = 0; row < 61; row++) {
    const others = Array.from({ length: 61 }, (_, id) => id).filter((id) => id !== row);
    const nearest = others.sort((a, b) => cosine(row, b) - cosine(row, a)).slice(0, 4);
    nearest.forEach((id, place) => {
      const found = ids[row * 4 + place]!;
      expect(cosine(row, found)).toBe(cosine(row, id));
      expect(similarities[row * 4 + place]).toBeCloseTo(Math.min(1, cosine(row, found)), 6);
    });
  }
});

test("approximate neighbours recall at least 95 % of the exact ones", () => {
  const vectors = scattered(3000, 64, 60);
  const exact = exactNeighbours(vectors, 10).ids;
  const found = approximateNeighbours(vectors, 10, 1, plainMeans).ids;
  let recalled = 0;
  for (let row = 0; row < 3000; row++) {
    const truth = new Set(exact.subarray(row * 10, row * 10 + 10));
    for (const id of found.subarray(row * 10, row * 10 + 10)) if (truth.has(id)) recalled++;
  }
  expect(recalled / 30_000).toBeGreaterThan(0.95);
});

test("a row is never its own neighbour, nor listed twice", () => {
  const vectors = scattered(500, 8, 3);
  const { ids } = approximateNeighbours(vectors, 10, 1, plainMeans);
  for (let row = 0; row < 500; row++) {
    const listed = [...ids.subarray(row * 10, row * 10 + 10)];
    expect(listed).not.toContain(row);
    expect(new Set(listed).size).toBe(10);
  }
});

test("rows that are all alike are split all the same", () => {
  const values = new Int8Array(1000 * 8).fill(45);
  const { ids } = approximateNeighbours({ rows: 1000, stride: 8, values }, 10, 1, plainMeans);
  expect(ids.every((id) => id >= 0)).toBe(true);
});

test("rows of zeros, of which nothing is known, are neighbours of nobody in particular", () => {
  const { similarities } = exactNeighbours({ rows: 3, stride: 8, values: new Int8Array(24) }, 2);
  expect([...similarities]).toEqual([0, 0, 0, 0, 0, 0]);
});

test("places that no row fills hold -1", () => {
  const { ids, similarities } = exactNeighbours(scattered(3, 4, 1), 10);
  expect(ids[2]).toBe(-1);
  expect(similarities[2]).toBe(-Infinity);
});

test("a list keeps the nearest; of equally near ones that with the lower number, in whatever order they come", () => {
  const offers = [
    [7, 30],
    [3, 50],
    [9, 30],
    [5, 50],
    [7, 30],
    [4, 30],
  ] as const;
  for (const order of [offers, offers.toReversed()]) {
    const lists = { size: 3, ids: new Int32Array(3).fill(-1), dots: new Int32Array(3).fill(leastNumber) };
    for (const [id, product] of order) offer(lists, 0, id, product);
    expect([...lists.ids]).toEqual([3, 5, 4]);
    expect([...lists.dots]).toEqual([50, 50, 30]);
  }
});

test("the build has made the kernels", () => {
  expect(existsSync(new URL("../../../build/kernels.wasm", import.meta.url))).toBe(true);
  expect(loadKernels()).not.toBeNull();
});

test("the neighbours are the same in JavaScript and in WebAssembly, on one thread and on three", () => {
  const vectors = scattered(5000, 20, 90);
  const once = approximateNeighbours(vectors, 10, 7, plainMeans);
  const team = openTeam(3);
  try {
    for (const means of [
      { team: alone, simd: loadKernels() },
      { team, simd: loadKernels() },
      { team, simd: null },
    ]) {
      const again = approximateNeighbours(vectors, 10, 7, means);
      expect(again.ids).toEqual(once.ids);
      expect(again.similarities).toEqual(once.similarities);
    }
  } finally {
    team.close();
  }
});

test("what fails on another thread of a team fails the job", () => {
  const team = openTeam(2);
  try {
    expect(() => team.run("descend", { search: null as never }, 4)).toThrow(TypeError);
  } finally {
    team.close();
  }
});

test("each kernel equals its twin over random memories", () => {
  const module = loadKernels()!;
  const random = randomFrom(3);
  for (let trial = 0; trial < 60; trial++) {
    const shape = {
      rows: 5 + whole(random, 90),
      stride: 8 * (1 + whole(random, 5)),
      size: 1 + whole(random, 11),
    };
    const [scalar, simd] = randomTwins({ ...shape, trees: 1, workers: 2 }, module, random);
    const [from, to] = [0, shape.rows];
    const part = { from, to, one: whole(random, to), two: whole(random, to) };
    expect(simd.kernels.partition(part)).toBe(scalar.kernels.partition(part));
    expect(simd.memory.orders).toEqual(scalar.memory.orders);
    for (const { kernels } of [scalar, simd]) kernels.offerAllPairs(from, to);
    expect(simd.memory.ids).toEqual(scalar.memory.ids);
    expect(simd.memory.dots).toEqual(scalar.memory.dots);
    for (const { kernels, memory } of [scalar, simd]) {
      memory.before.set(memory.ids);
      memory.backward.set(memory.ids.toReversed());
      memory.ids.fill(-1);
      memory.dots.fill(leastNumber);
      memory.tried.fill(-1);
      kernels.tryNeighboursOfNeighbours(from, to);
    }
    expect(simd.memory.ids).toEqual(scalar.memory.ids);
    expect(simd.memory.dots).toEqual(scalar.memory.dots);
  }
});

/** Two searches over the same random rows, the extremes -127 and 127 among them; as their second worker has them. */
function randomTwins(shape: SearchShape, module: WebAssembly.Module, random: Random) {
  const [{ memory: one }, { memory: two, simd }] = [searchMemory(shape, null), searchMemory(shape, module)];
  const rows = Int8Array.from({ length: shape.rows * shape.stride }, () =>
    Math.max(-127, Math.min(127, Math.round((random() - 0.5) * 300))),
  );
  for (const memory of [one, two]) {
    memory.vectors.set(rows);
    memory.orders.set(memory.orders.map((_, place) => place));
  }
  return [
    { memory: one, kernels: scalarKernels(one, 1) },
    { memory: two, kernels: simdKernels(simd!, two, 1) },
  ] as const;
}

function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}
