import type { Simd } from "../shared-arrays.ts";
import type { Kernels } from "./kernels.ts";
import type { SearchMemory } from "./search-memory.ts";

/** What kernels.assembly.ts exports; numbers are byte offsets, rows and places. */
interface Exports {
  open(
    vectors: number,
    stride: number,
    ids: number,
    dots: number,
    size: number,
    before: number,
    backward: number,
    plane: number,
    tried: number,
  ): void;
  partition(order: number, from: number, to: number, one: number, two: number): number;
  offerAllPairs(order: number, from: number, to: number): void;
  tryNeighboursOfNeighbours(from: number, to: number): void;
}

/** The kernels in WebAssembly, over a search that lies in their memory. One instance a thread. */
export function simdKernels({ module, memory: wasm }: Simd, memory: SearchMemory, worker: number): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory: wasm } });
  const kernels = exports as unknown as Exports; // the compiler made them so
  const { vectors, ids, dots, before, backward, orders, planes, tried, stride, size, rows } = memory;
  kernels.open(
    vectors.byteOffset,
    stride,
    ids.byteOffset,
    dots.byteOffset,
    size,
    before.byteOffset,
    backward.byteOffset,
    planes.byteOffset + worker * stride * planes.BYTES_PER_ELEMENT,
    tried.byteOffset + worker * rows * tried.BYTES_PER_ELEMENT,
  );
  return {
    partition: ({ from, to, one, two }) => kernels.partition(orders.byteOffset, from, to, one, two),
    offerAllPairs: (from, to) => kernels.offerAllPairs(orders.byteOffset, from, to),
    tryNeighboursOfNeighbours: (from, to) => kernels.tryNeighboursOfNeighbours(from, to),
  };
}
