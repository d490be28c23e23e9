import type { SearchMemory } from "./search-memory.ts";

/**
 * The inner loops of a search, in one thread. There are two that do the same, number by number: these in JavaScript, and
 * those of kernels.assembly.ts, which are several times as fast.
 */
export interface Kernels {
  /**
   * Moves those of the rows orders[from] … orders[to - 1] that are nearer to row `one` than to row `two` to the front;
   * returns where the others begin.
   */
  partition(part: { from: number; to: number; one: number; two: number }): number;
  /** Offers each two of the rows orders[from] … orders[to - 1] to each other. */
  offerAllPairs(from: number, to: number): void;
  /**
   * Offers to each row from `from` to before `to` the rows in the lists, as they stood before this round, of those in
   * its own list and of those that have it in theirs.
   */
  tryNeighboursOfNeighbours(from: number, to: number): void;
}

/** @param worker the thread's number, whose room in the memory it may use */
export function scalarKernels(memory: SearchMemory, worker: number): Kernels {
  const { vectors, orders, before, backward, size, stride, rows } = memory;
  const plane = memory.planes.subarray(worker * stride, (worker + 1) * stride);
  const tried = memory.tried.subarray(worker * rows, (worker + 1) * rows);

  const offerBoth = (one: number, two: number, product: number) => {
    offer(memory, one, two, product);
    offer(memory, two, one, product);
  };
  const tryListOf = (row: number, near: number) => {
    if (near < 0) return;
    for (let at = near * size; at < (near + 1) * size; at++) {
      const candidate = before[at]!;
      if (candidate < 0 || tried[candidate] === row) continue;
      tried[candidate] = row;
      offer(memory, row, candidate, scalarProduct(vectors, row * stride, candidate * stride, stride));
    }
  };
  return {
    partition({ from, to, one, two }) {
      for (let d = 0; d < stride; d++) plane[d] = vectors[one * stride + d]! - vectors[two * stride + d]!;
      let middle = from;
      for (let at = from; at < to; at++) {
        const row = orders[at]!;
        let side = 0;
        for (let d = 0; d < stride; d++) side = (side + Math.imul(plane[d]!, vectors[row * stride + d]!)) | 0;
        if (side <= 0) continue;
        orders[at] = orders[middle]!;
        orders[middle++] = row;
      }
      return middle;
    },
    offerAllPairs(from, to) {
      for (let at = from; at < to; at++) {
        const row = orders[at]!;
        const base = row * stride;
        let other = at + 1;
        for (; other + 1 < to; other += 2) {
          const [one, two] = [orders[other]!, orders[other + 1]!];
          const [baseOne, baseTwo] = [one * stride, two * stride];
          let sumOne = 0;
          let sumTwo = 0;
          for (let d = 0; d < stride; d++) {
            const x = vectors[base + d]!; // read once for two products
            sumOne = (sumOne + Math.imul(x, vectors[baseOne + d]!)) | 0;
            sumTwo = (sumTwo + Math.imul(x, vectors[baseTwo + d]!)) | 0;
          }
          offerBoth(row, one, sumOne);
          offerBoth(row, two, sumTwo);
        }
        if (other < to) {
          const id = orders[other]!;
          offerBoth(row, id, scalarProduct(vectors, base, id * stride, stride));
        }
      }
    },
    tryNeighboursOfNeighbours(from, to) {
      for (let row = from; row < to; row++) {
        tried[row] = row;
        for (let at = row * size; at < (row + 1) * size; at++) if (before[at]! >= 0) tried[before[at]!] = row;
        for (let at = row * size; at < (row + 1) * size; at++) {
          tryListOf(row, before[at]!);
          tryListOf(row, backward[at]!);
        }
      }
    },
  };
}

/**
 * Puts `candidate` into the list of `row` if it is among its nearest and not in it yet. Of two that are equally near the
 * one with the lower number is the nearer: so the lists do not depend on the order of the offers, nor on which thread
 * makes them.
 */
export function offer(
  { ids, dots, size }: Pick<SearchMemory, "ids" | "dots" | "size">,
  row: number,
  candidate: number,
  product: number,
): void {
  const first = row * size;
  const last = first + size - 1;
  if (product < dots[last]! || (product === dots[last] && candidate >= ids[last]!)) return;
  for (let at = first; at <= last; at++) if (ids[at] === candidate) return;
  let at = last;
  for (; at > first; at--) {
    const better = dots[at - 1]!;
    if (better > product || (better === product && ids[at - 1]! < candidate)) break;
    dots[at] = better;
    ids[at] = ids[at - 1]!;
  }
  dots[at] = product;
  ids[at] = candidate;
}

/** Of the `stride` numbers at `one` and at `two`: a whole number, the same in whatever order it is summed. */
function scalarProduct(vectors: Int8Array, one: number, two: number, stride: number): number {
  let sum0 = 0;
  let sum1 = 0;
  for (let d = 0; d < stride; d += 2) {
    sum0 = (sum0 + Math.imul(vectors[one + d]!, vectors[two + d]!)) | 0;
    sum1 = (sum1 + Math.imul(vectors[one + d + 1]!, vectors[two + d + 1]!)) | 0;
  }
  return sum0 + sum1;
}
