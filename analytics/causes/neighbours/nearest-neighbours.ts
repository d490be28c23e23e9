import { alone, type Team } from "../team.ts";
import type { UnitVectors } from "../unit-vectors.ts";
import type { NeighbourLists } from "./neighbour-lists.ts";
import { cellsInPiece, rowsInPiece, type Search } from "./search-jobs.ts";
import {
  bytesOfSearch,
  leastNumber,
  type SearchMemory,
  type SearchShape,
  searchMemory,
} from "./search-memory.ts";

/** Up to here every pair is compared; above, the approximation is several times as fast and misses a few in a hundred. */
export const exactUpTo = 4000;
const trees = 16;
const descentRounds = 2;
const bytesInPage = 65_536;
const greatestByte = 127;

/** Who searches, and with what. */
export interface SearchMeans {
  team: Team;
  /** The compiled kernels.assembly.ts; `null`: the same loops in JavaScript. */
  simd: WebAssembly.Module | null;
}

/** This thread, in JavaScript. */
export const plainMeans: SearchMeans = { team: alone, simd: null };

/**
 * The `size` nearest rows of each row by cosine: exact for few rows, else approximate. What the approximation misses
 * decides the quality of the clusters (recall .75 instead of .97 costs .08 V-measure), so a test holds its recall.
 *
 * The rows are compared as whole numbers of 8 bits, which is exact to about .005; the same whatever the means.
 */
export function nearestNeighbours(
  vectors: UnitVectors,
  size: number,
  seed: number,
  means: SearchMeans = plainMeans,
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
  const { memory, unit, search } = openSearch(vectors, { size, trees: 1, workers: 1 }, simd);
  memory.orders.set(rowNumbers(memory.rows));
  memory.cells.set([0, memory.rows]);
  memory.cellCounts[0] = 1;
  alone.run("searchCells", { search, tree: 0 }, 1);
  return listsOf(memory, unit, memory.orders);
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
  { team, simd }: SearchMeans,
): NeighbourLists {
  const { memory, unit, search } = openSearch(vectors, { size, trees, workers: team.workers }, simd);
  const rowAt = layBySimilarity(vectors, { memory, unit, search, seed });
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
  return listsOf(memory, unit, rowAt);
}

/**
 * Lays the rows in the order of the first tree, so that rows that will be compared stand near each other in memory:
 * what is read next is then mostly in the processor's cache.
 *
 * @returns by place: the row that stands there
 */
function layBySimilarity(
  vectors: UnitVectors,
  { memory, unit, search, seed }: OpenSearch & { seed: number },
): Int32Array {
  alone.run("growTrees", { search, seed, first: 0 }, 1);
  const rowAt = memory.orders.slice(0, memory.rows);
  layVectors(vectors, memory, unit, rowAt);
  for (let place = 0; place < memory.rows; place++) memory.orders[place] = place;
  return rowAt;
}

interface OpenSearch {
  search: Search;
  memory: SearchMemory;
  /** The whole number that stands for 1. */
  unit: number;
}

function openSearch(
  vectors: UnitVectors,
  given: Pick<SearchShape, "size" | "trees" | "workers">,
  module: WebAssembly.Module | null,
): OpenSearch {
  const shape = { rows: vectors.rows, stride: Math.ceil(vectors.stride / 8) * 8, ...given };
  const bytes = bytesOfSearch(shape);
  const pages = Math.ceil(bytes / bytesInPage);
  const wasm =
    module === null ? null : new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const buffer = (wasm?.buffer as SharedArrayBuffer | undefined) ?? new SharedArrayBuffer(bytes);
  const memory = searchMemory(shape, buffer);
  memory.ids.fill(-1);
  memory.dots.fill(leastNumber);
  const unit = greatestByte / greatest(vectors.values);
  layVectors(vectors, memory, unit, rowNumbers(vectors.rows));
  const simd = module === null || wasm === null ? null : { module, memory: wasm };
  return { search: { shape, buffer, simd }, memory, unit };
}

/** Writes the rows as whole numbers, at each place the row that belongs there. */
function layVectors(
  { values, stride }: UnitVectors,
  memory: SearchMemory,
  unit: number,
  rowAt: Int32Array,
): void {
  rowAt.forEach((row, place) => {
    for (let d = 0; d < stride; d++)
      memory.vectors[place * memory.stride + d] = Math.round(values[row * stride + d]! * unit);
  });
}

function rowNumbers(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}

/** The greatest size of any number; 1 where all are zero. */
function greatest(values: Float32Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most || 1;
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
function listsOf({ ids, dots, rows, size }: SearchMemory, unit: number, rowAt: Int32Array): NeighbourLists {
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
