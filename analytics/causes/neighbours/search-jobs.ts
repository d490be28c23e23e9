import type { Piece } from "../piece.ts";
import { randomFrom, shuffledIndices } from "../random.ts";
import type { Simd } from "../shared-arrays.ts";
import { pairHash } from "../stable-hash.ts";
import { type Kernels, scalarKernels } from "./kernels.ts";
import type { SearchMemory } from "./search-memory.ts";
import { simdKernels } from "./simd-kernels.ts";

/** A search as it goes from thread to thread. */
export interface Search {
  memory: SearchMemory;
  /** Where the kernels in WebAssembly are to be used. */
  simd: Simd | null;
}

export const cellsInPiece = 64;
export const rowsInPiece = 1024;
/** A part of at most so many rows is a cell. */
const largestCell = 80;

/** Piece p grows tree `first` + p: an order of the rows in which similar ones stand together, in cells of at most 80. */
export function growTrees(
  { search, seed, first }: { search: Search; seed: number; first: number },
  worker: number,
): Piece {
  const { memory } = search;
  const kernels = kernelsOf(search, worker);
  const { rows, mostCells } = memory;
  return (piece) => {
    const tree = first + piece;
    const random = randomFrom(pairHash(seed, tree));
    const begin = tree * rows;
    memory.orders.set(shuffledIndices(rows, random), begin);
    const cells = memory.cells.subarray(tree * (mostCells + 1), (tree + 1) * (mostCells + 1));
    let count = 0;
    /**
     * A part is cut by the plane between two of its rows, drawn at random; where that leaves one side nearly empty
     * (many rows alike), in the middle.
     */
    const cut = (from: number, to: number) => {
      if (to - from <= largestCell) {
        cells[count++] = from;
        return;
      }
      const draw = () => memory.orders[from + Math.floor(random() * (to - from))]!;
      let middle = kernels.partition({ from, to, one: draw(), two: draw() });
      if (Math.min(middle - from, to - middle) < (to - from) / 20) middle = (from + to) >> 1;
      cut(from, middle);
      cut(middle, to);
    };
    cut(begin, begin + rows);
    cells[count] = begin + rows;
    memory.cellCounts[tree] = count;
  };
}

/** Each piece compares all rows within 64 cells of a tree. No two cells of a tree share a row. */
export function searchCells({ search, tree }: { search: Search; tree: number }, worker: number): Piece {
  const { memory } = search;
  const kernels = kernelsOf(search, worker);
  const first = tree * (memory.mostCells + 1);
  return (piece) => {
    const end = Math.min((piece + 1) * cellsInPiece, memory.cellCounts[tree]!);
    for (let cell = piece * cellsInPiece; cell < end; cell++)
      kernels.offerAllPairs(memory.cells[first + cell]!, memory.cells[first + cell + 1]!);
  };
}

/** Each piece makes one round of neighbour descent for 1,024 rows; it changes no list but theirs. */
export function descend({ search }: { search: Search }, worker: number): Piece {
  const { memory } = search;
  const kernels = kernelsOf(search, worker);
  memory.tried.fill(-1, worker * memory.rows, (worker + 1) * memory.rows);
  return (piece) =>
    kernels.tryNeighboursOfNeighbours(piece * rowsInPiece, Math.min((piece + 1) * rowsInPiece, memory.rows));
}

function kernelsOf({ memory, simd }: Search, worker: number): Kernels {
  return simd === null ? scalarKernels(memory, worker) : simdKernels(simd, memory, worker);
}
