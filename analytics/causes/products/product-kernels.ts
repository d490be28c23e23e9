import type { Simd } from "../shared-arrays.ts";

/** The inner loops of what makes vectors of texts. */
export interface ProductKernels {
  /**
   * sums[d] += the sum of value[k] · dense[column[k] · width + d] over k = from … to - 1, where `width` is the length of
   * `sums`. Four products at a time, so that a sum is fetched and stored once for four.
   */
  addSparseRow(
    row: { column: Int32Array; value: Float32Array; from: number; to: number },
    dense: Float32Array,
    sums: Float64Array,
  ): void;
  /** sums[d] += table[word · width + d] · weight in 32 bits, where `width` is the length of `sums`, a multiple of 4. */
  addWord(table: Int8Array, word: number, weight: number, sums: Float32Array): void;
}

/** In JavaScript. */
export const plainKernels: ProductKernels = {
  addSparseRow({ column, value, from, to }, dense, sums) {
    const width = sums.length;
    let k = from;
    for (; k + 3 < to; k += 4) {
      const from0 = column[k]! * width;
      const from1 = column[k + 1]! * width;
      const from2 = column[k + 2]! * width;
      const from3 = column[k + 3]! * width;
      const x0 = value[k]!;
      const x1 = value[k + 1]!;
      const x2 = value[k + 2]!;
      const x3 = value[k + 3]!;
      for (let d = 0; d < width; d++) {
        sums[d]! +=
          x0 * dense[from0 + d]! + x1 * dense[from1 + d]! + x2 * dense[from2 + d]! + x3 * dense[from3 + d]!;
      }
    }
    for (; k < to; k++) {
      const at = column[k]! * width;
      for (let d = 0; d < width; d++) sums[d]! += value[k]! * dense[at + d]!;
    }
  },
  addWord(table, word, weight, sums) {
    const at = word * sums.length;
    for (let d = 0; d < sums.length; d++) sums[d]! += Math.fround(table[at + d]! * weight);
  },
};

/** What products.assembly.ts exports; numbers are byte offsets, counts and widths. */
interface Exports {
  addSparseRow(
    column: number,
    value: number,
    count: number,
    dense: number,
    width: number,
    sums: number,
  ): void;
  addWord(table: number, weight: number, width: number, sums: number): void;
}

/** The kernels of one thread: in WebAssembly where all that they are given lies in its memory. */
export function productKernels(simd: Simd | null): ProductKernels {
  if (simd === null) return plainKernels;
  const { exports } = new WebAssembly.Instance(simd.module, { env: { memory: simd.memory } });
  const kernels = exports as unknown as Exports; // the compiler made them so
  return {
    addSparseRow({ column, value, from, to }, dense, sums) {
      kernels.addSparseRow(
        column.byteOffset + 4 * from,
        value.byteOffset + 4 * from,
        to - from,
        dense.byteOffset,
        sums.length,
        sums.byteOffset,
      );
    },
    addWord(table, word, weight, sums) {
      kernels.addWord(table.byteOffset + word * sums.length, weight, sums.length, sums.byteOffset);
    },
  };
}
