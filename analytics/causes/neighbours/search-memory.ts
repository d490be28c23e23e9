import { type Simd, sharedArrays } from "../shared-arrays.ts";

/** How large a search for neighbours is. */
export interface SearchShape {
  rows: number;
  /** Numbers a row, a multiple of 8. */
  stride: number;
  /** How many neighbours each row has. */
  size: number;
  trees: number;
  /** Threads that may work at once: each has room of its own. */
  workers: number;
}

/**
 * What all threads see, and the kernels in WebAssembly too:
 *
 *     vectors    rows · stride signed bytes: the rows, as whole numbers
 *     ids        rows · size: the nearest rows of each row that were found so far, nearest first; -1 in unused places
 *     dots       rows · size: their scalar products; the least number there is in unused places
 *     before     rows · size: `ids` as they stood before a round of descent
 *     backward   rows · size: for each row the first rows that have it in `before`; -1 in unused places
 *     orders     trees · rows: for each tree the rows in an order in which those of a cell stand together
 *     cells      trees · (mostCells + 1): where in that order each cell begins, and at last where the last one ends
 *     cellCounts trees: how many cells a tree has
 *     planes     workers · stride 16-bit numbers: the plane that cuts a part
 *     tried      workers · rows: the row that this one was last tried for
 */
export interface SearchMemory extends SearchShape {
  mostCells: number;
  vectors: Int8Array;
  ids: Int32Array;
  dots: Int32Array;
  before: Int32Array;
  backward: Int32Array;
  orders: Int32Array;
  cells: Int32Array;
  cellCounts: Int32Array;
  planes: Int16Array;
  tried: Int32Array;
}

/** A cell has five rows or more, since no part is cut off that is smaller than a twentieth of more than 80. */
const fewestInCell = 4;
export const leastNumber = -(2 ** 31);

/** @param module the kernels that are to work in it */
export function searchMemory(
  shape: SearchShape,
  module: WebAssembly.Module | null,
): { memory: SearchMemory; simd: Simd | null } {
  const { rows, stride, size, trees, workers } = shape;
  const mostCells = Math.ceil(rows / fewestInCell) + 1;
  const { arrays, simd } = sharedArrays(module, {
    vectors: [Int8Array, rows * stride],
    ids: [Int32Array, rows * size],
    dots: [Int32Array, rows * size],
    before: [Int32Array, rows * size],
    backward: [Int32Array, rows * size],
    orders: [Int32Array, trees * rows],
    cells: [Int32Array, trees * (mostCells + 1)],
    cellCounts: [Int32Array, trees],
    planes: [Int16Array, workers * stride],
    tried: [Int32Array, workers * rows],
  });
  arrays.ids.fill(-1);
  arrays.dots.fill(leastNumber);
  return { memory: { ...shape, mostCells, ...arrays }, simd };
}
