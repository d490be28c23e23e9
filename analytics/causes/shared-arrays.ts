/** A WebAssembly memory, and the module that is to work in it. */
export interface Simd {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
}

type ArrayType =
  | Int8ArrayConstructor
  | Int16ArrayConstructor
  | Int32ArrayConstructor
  | Float32ArrayConstructor
  | Float64ArrayConstructor;
type Wanted = Record<string, readonly [type: ArrayType, length: number]>;
type Arrays<W extends Wanted> = { [Name in keyof W]: InstanceType<W[Name][0]> };

const bytesInPage = 65_536;
/** The compiler of the kernels may keep what it likes below. */
const firstByte = 1024;
const alignment = 16;

/**
 * Arrays of zeros that all threads see, one after another in one memory, each from a multiple of 16 on; where a module is
 * given, in a WebAssembly memory in which it can work. They go from thread to thread without a copy.
 */
export function sharedArrays<W extends Wanted>(
  module: WebAssembly.Module | null,
  wanted: W,
): { arrays: Arrays<W>; simd: Simd | null } {
  let bytes = firstByte;
  const places = Object.entries(wanted).map(([name, [type, length]]) => {
    const at = Math.ceil(bytes / alignment) * alignment;
    bytes = at + length * type.BYTES_PER_ELEMENT;
    return { name, type, at, length };
  });
  const pages = Math.ceil(bytes / bytesInPage);
  const memory =
    module === null ? null : new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const buffer = memory === null ? new SharedArrayBuffer(bytes) : memory.buffer;
  // The types know arrays over memory that is not shared alone.
  const arrays = Object.fromEntries(
    places.map(({ name, type, at, length }) => [name, new type(buffer as ArrayBuffer, at, length)]),
  ) as Arrays<W>; // the names and types are those of `wanted`
  return { arrays, simd: module === null || memory === null ? null : { module, memory } };
}
