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
 * One buffer that all threads see, and the kernels in WebAssembly too. In it lie, one after another, each from a
 * multiple of 16 on:
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

/** The kernels' own memory begins here; below, their compiler may keep what it likes. */
const firstByte = 1024;
/** A cell has five rows or more, since no part is cut off that is smaller than a twentieth of more than 80. */
const fewestInCell = 4;
export const leastNumber = -(2 ** 31);

export function bytesOfSearch(shape: SearchShape): number {
  return layOut(shape, undefined).bytes;
}

/** The views of a buffer of {@link bytesOfSearch}. */
export function searchMemory(shape: SearchShape, buffer: SharedArrayBuffer): SearchMemory {
  return layOut(shape, buffer).memory;
}

function layOut(
  shape: SearchShape,
  buffer: SharedArrayBuffer | undefined,
): { memory: SearchMemory; bytes: number } {
  const { rows, stride, size, trees, workers } = shape;
  const mostCells = Math.ceil(rows / fewestInCell) + 1;
  let end = firstByte;
  /** The next `length` numbers. Without a buffer only their place is counted. */
  const take = <View>(
    Type: { new (buffer: SharedArrayBuffer, at: number, length: number): View; BYTES_PER_ELEMENT: number },
    length: number,
  ): View => {
    const at = Math.ceil(end / 16) * 16;
    end = at + length * Type.BYTES_PER_ELEMENT;
    return buffer === undefined ? new Type(new SharedArrayBuffer(0), 0, 0) : new Type(buffer, at, length);
  };
  const memory = {
    ...shape,
    mostCells,
    vectors: take(Int8Array, rows * stride),
    ids: take(Int32Array, rows * size),
    dots: take(Int32Array, rows * size),
    before: take(Int32Array, rows * size),
    backward: take(Int32Array, rows * size),
    orders: take(Int32Array, trees * rows),
    cells: take(Int32Array, trees * (mostCells + 1)),
    cellCounts: take(Int32Array, trees),
    planes: take(Int16Array, workers * stride),
    tried: take(Int32Array, workers * rows),
  };
  return { memory, bytes: end };
}
