import type { Piece } from "../piece.ts";
import type { Simd } from "../shared-arrays.ts";
import type { SparseRows } from "../sparse-rows.ts";
import { productKernels } from "./product-kernels.ts";

export type EntriesOfRows = Pick<SparseRows, "start" | "column" | "value">;

export const multipliedInPiece = 256;

interface Product {
  rowsOf: EntriesOfRows;
  dense: Float32Array;
  product: Float32Array;
  /** By worker: room for the sums of a row. */
  sums: Float64Array;
  width: number;
  simd: Simd | null;
}

/** Piece p makes rows 256 p … 256 p + 255 of a product. */
export function multiplyRows({ rowsOf, dense, product, sums, width, simd }: Product, worker: number): Piece {
  const kernels = productKernels(simd);
  const { start, column, value } = rowsOf;
  const own = sums.subarray(worker * width, (worker + 1) * width);
  return (piece) => {
    const end = Math.min((piece + 1) * multipliedInPiece, start.length - 1);
    for (let row = piece * multipliedInPiece; row < end; row++) {
      own.fill(0);
      kernels.addSparseRow({ column, value, from: start[row]!, to: start[row + 1]! }, dense, own);
      product.set(own, row * width);
    }
  };
}
