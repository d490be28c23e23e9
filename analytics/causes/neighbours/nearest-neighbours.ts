import { alone, type Means, plainMeans } from "../team.ts";
import { type UnitVectors, unit } from "../unit-vectors.ts";
import type { NeighbourLists } from "./neighbour-lists.ts";
import { cellsInPiece, rowsInPiece, type Search } from "./search-jobs.ts";
import { type SearchMemory, type SearchShape, searchMemory } from "./search-memory.ts";

/** Up to here every pair is compared; above, the approximation is several times as fast and misses a few in a hundred. */
export const exactUpTo = 4000;
const trees = 16;
const descentRounds = 2;

/**
 * The `size` nearest rows of each row by cosine: exact for few rows, else approximate. What the approximation misses
 * decides the quality of the clusters (recall .75 instead of .97 costs .08 V-measure), so a test holds its recall.
 *
 * The same whatever the means.
 */
export function nearestNeighbours(
  vectors: UnitVectors,
  size: number,
  seed: number,
  means: Means = plainMeans,
): NeighbourLists {
  return vectors.rows <= exactUpTo
    ? exactNeighbours(vectors, size, means.simd)
    : approximateNeighbours(vectors, size, seed, means);
}

/** Compares every pair once: rows² / 2 scalar products. */
export function exactNeighbours(
  vectors: UnitVectors,
  size: number,
  simd: WebAssembly.Module | null = null,
): NeighbourLists {
  const search = openSearch(vectors, { size, trees: 1, workers: 1 }, simd);
  const { memory } = search;
  memory.orders.set(rowNumbers(memory.rows));
  memory.cells.set([0, memory.rows]);
  memory.cellCounts[0] = 1;
  alone.run("searchCells", { search, tree: 0 }, 1);
  return listsOf(memory, memory.orders);
}

/**
 * Sixteen independent partitions into small cells by random hyperplanes (a pair that one partition cuts apart lies
 * together in another), every pair within a cell; then two rounds in which each row tries the neighbours of its
 * neighbours (Dong, Moses & Li 2011, "NN-descent"). About rows · (16 · 30 + 2 · 200) scalar products.
 */
export function approximateNeighbours(
  vectors: UnitVectors,
  size: number,
  seed: number,
  { team, simd }: Means,
): NeighbourLists {
  const search = openSearch(vectors, { size, trees, workers: team.workers }, simd);
  const { memory } = search;
  const rowAt = layBySimilarity(vectors, search, seed);
  team.run("growTrees", { search, seed, first: 1 }, trees - 1);
  for (let tree = 0; tree < trees; tree++) {
    const pieces = Math.ceil(memory.cellCounts[tree]! / cellsInPiece);
    team.run("searchCells", { search, tree }, pieces);
  }
  for (let round = 0; round < descentRounds; round++) {
    memory.before.set(memory.ids);
    noteBackward(memory);
    team.run("descend", { search }, Math.ceil(memory.rows / rowsInPiece));
  }
  return listsOf(memory, rowAt);
}

/**
 * Lays the rows in the order of the first tree, so that rows that will be compared stand near each other in memory:
 * what is read next is then mostly in the processor's cache.
 *
 * @returns by place: the row that stands there
 */
function layBySimilarity({ values, stride }: UnitVectors, search: Search, seed: number): Int32Array {
  alone.run("growTrees", { search, seed, first: 0 }, 1);
  const { rows, orders, vectors } = search.memory;
  const rowAt = orders.slice(0, rows);
  rowAt.forEach((row, place) => {
    vectors.set(values.subarray(row * stride, (row + 1) * stride), place * stride);
    orders[place] = place;
  });
  return rowAt;
}

function openSearch(
  { rows, stride, values }: UnitVectors,
  given: Pick<SearchShape, "size" | "trees" | "workers">,
  module: WebAssembly.Module | null,
): Search {
  const search = searchMemory({ rows, stride, ...given }, module);
  search.memory.vectors.set(values);
  return search;
}

function rowNumbers(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}

/** For each row, the first `size` rows that have it in their list. */
function noteBackward({ before, backward, rows, size }: SearchMemory): void {
  backward.fill(-1);
  const filled = new Int32Array(rows);
  for (let at = 0; at < before.length; at++) {
    const target = before[at]!;
    if (target < 0 || filled[target]! >= size) continue;
    backward[target * size + filled[target]!] = Math.floor(at / size);
    filled[target]!++;
  }
}

/** @param rowAt by place: the row that stands there */
function listsOf({ ids, dots, rows, size }: SearchMemory, rowAt: Int32Array): NeighbourLists {
  const lists = { rows, size, ids: new Int32Array(rows * size), similarities: new Float32Array(rows * size) };
  rowAt.forEach((row, place) => {
    for (let nth = 0; nth < size; nth++) {
      const id = ids[place * size + nth]!;
      const similarity = dots[place * size + nth]! / unit ** 2;
      lists.ids[row * size + nth] = id < 0 ? -1 : rowAt[id]!;
      lists.similarities[row * size + nth] = id < 0 ? -Infinity : Math.min(1, similarity);
    }
  });
  return lists;
}
