import { type ColumnArrays, columnBytes } from "./column-bytes.ts";

/**
 * Memory of the size of columns, never touched and so for nothing, to be kept as long as they are: Node counts shared
 * memory in no heap, so that it would let old columns lie about, and it counts this.
 */
export function sharedWeight({ facts }: { facts: ColumnArrays }): ArrayBuffer {
  return new ArrayBuffer(columnBytes(facts));
}
