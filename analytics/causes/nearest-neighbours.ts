import {
  dotProduct,
  emptyNeighbourLists,
  type NeighbourLists,
  offer,
  offerPairs,
} from "./neighbour-lists.ts";
import { type Random, shuffledIndices } from "./random.ts";
import type { UnitVectors } from "./unit-vectors.ts";

/** Up to here every pair is compared; above, the approximation is several times as fast and misses a few in a hundred. */
export const exactUpTo = 4000;
const trees = 8;
const leafSize = 80;
const descentRounds = 2;

/**
 * The `size` nearest rows of each row by cosine: exact for few rows, else approximate. What the approximation misses
 * decides the quality of the clusters (recall .75 instead of .97 costs .08 V-measure), so a test holds its recall.
 */
export function nearestNeighbours(vectors: UnitVectors, size: number, random: Random): NeighbourLists {
  return vectors.rows <= exactUpTo
    ? exactNeighbours(vectors, size)
    : approximateNeighbours(vectors, size, random);
}

/** Compares every pair once: rows² / 2 scalar products. */
export function exactNeighbours(vectors: UnitVectors, size: number): NeighbourLists {
  const lists = emptyNeighbourLists(vectors.rows, size);
  offerAllPairs(
    lists,
    vectors,
    Int32Array.from({ length: vectors.rows }, (_, row) => row),
    0,
    vectors.rows,
  );
  return lists;
}

/**
 * Eight independent partitions into small cells by random hyperplanes (a pair that one partition cuts apart lies
 * together in another), every pair within a cell; then two rounds in which each row tries the neighbours of its
 * neighbours (Dong, Moses & Li 2011, "NN-descent"). About rows · (8 · 40 + 2 · 200) scalar products.
 */
export function approximateNeighbours(vectors: UnitVectors, size: number, random: Random): NeighbourLists {
  const lists = emptyNeighbourLists(vectors.rows, size);
  for (let tree = 0; tree < trees; tree++) {
    const order = shuffledIndices(vectors.rows, random);
    splitIntoCells(vectors, order, 0, vectors.rows, random, (from, to) =>
      offerAllPairs(lists, vectors, order, from, to),
    );
  }
  for (let round = 0; round < descentRounds; round++) tryNeighboursOfNeighbours(lists, vectors);
  return lists;
}

function offerAllPairs(
  lists: NeighbourLists,
  vectors: UnitVectors,
  ids: Int32Array,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) offerPairs(lists, vectors, ids[at]!, { ids, from: at + 1, to });
}

/**
 * Reorders order[from … to - 1] so that similar rows lie together, and calls `onCell` for each cell of at most 80.
 * A part is cut by the plane between two of its rows, drawn at random; where that leaves one side nearly empty (many
 * rows alike), it is cut in the middle.
 */
function splitIntoCells(
  vectors: UnitVectors,
  order: Int32Array,
  from: number,
  to: number,
  random: Random,
  onCell: (from: number, to: number) => void,
): void {
  if (to - from <= leafSize) return onCell(from, to);
  const draw = () => order[from + Math.floor(random() * (to - from))]! * vectors.stride;
  let middle = partition(vectors, order, { from, to, one: draw(), two: draw() });
  if (Math.min(middle - from, to - middle) < (to - from) / 20) middle = (from + to) >> 1;
  splitIntoCells(vectors, order, from, middle, random, onCell);
  splitIntoCells(vectors, order, middle, to, random, onCell);
}

/** Rows nearer to the row at offset `one` than to `two` go to the front; returns where the others begin. */
function partition(
  { values, stride }: UnitVectors,
  order: Int32Array,
  { from, to, one, two }: { from: number; to: number; one: number; two: number },
): number {
  const plane = values.slice(one, one + stride);
  for (let d = 0; d < stride; d++) plane[d]! -= values[two + d]!;
  let middle = from;
  for (let at = from; at < to; at++) {
    const base = order[at]! * stride;
    let side = 0;
    for (let d = 0; d < stride; d++) side += plane[d]! * values[base + d]!;
    if (side <= 0) continue;
    const row = order[at]!;
    order[at] = order[middle]!;
    order[middle++] = row;
  }
  return middle;
}

/** One round of neighbour descent, over the lists as they stand and the rows that point back at each row. */
function tryNeighboursOfNeighbours(lists: NeighbourLists, vectors: UnitVectors): void {
  const { rows, size } = lists;
  const { values, stride } = vectors;
  const ids = lists.ids.slice();
  const backward = rowsPointingAt(ids, rows, size);
  const tried = new Int32Array(rows).fill(-1); // the row that this one was last tried for
  for (let row = 0; row < rows; row++) {
    tried[row] = row;
    for (let at = row * size; at < (row + 1) * size; at++) if (ids[at]! >= 0) tried[ids[at]!] = row;
    const tryListOf = (near: number) => {
      for (let at = near * size; at < (near + 1) * size; at++) {
        const candidate = ids[at]!;
        if (candidate < 0 || tried[candidate] === row) continue;
        tried[candidate] = row;
        const similarity = dotProduct(values, row * stride, candidate * stride, stride);
        offer(lists, row, candidate, similarity);
        offer(lists, candidate, row, similarity);
      }
    };
    for (let at = row * size; at < (row + 1) * size; at++) if (ids[at]! >= 0) tryListOf(ids[at]!);
    for (let at = row * size; at < (row + 1) * size; at++) if (backward[at]! >= 0) tryListOf(backward[at]!);
  }
}

/** For each row, the first `size` rows that have it in their list; -1 in unused places. */
function rowsPointingAt(ids: Int32Array, rows: number, size: number): Int32Array {
  const backward = new Int32Array(rows * size).fill(-1);
  const filled = new Int32Array(rows);
  for (let at = 0; at < ids.length; at++) {
    const target = ids[at]!;
    if (target < 0 || filled[target]! >= size) continue;
    backward[target * size + filled[target]!] = Math.floor(at / size);
    filled[target]!++;
  }
  return backward;
}
