import type { Codes } from "./facts.ts";

type ColumnType =
  | Uint8ArrayConstructor
  | Uint16ArrayConstructor
  | Uint32ArrayConstructor
  | Int32ArrayConstructor
  | Float32ArrayConstructor
  | Float64ArrayConstructor;

/** A column of zeros that all threads see. */
export function sharedColumn<T extends ColumnType>(type: T, size: number): InstanceType<T> {
  const bytes = new SharedArrayBuffer(size * type.BYTES_PER_ELEMENT);
  return new type(bytes as unknown as ArrayBuffer) as InstanceType<T>; // the types know arrays over memory that is not shared alone
}

/** A column of zeros for codes below `entries`, as narrow as they allow. */
export function codesFor(size: number, entries: number): Codes {
  if (entries <= 2 ** 8) return sharedColumn(Uint8Array, size);
  return entries <= 2 ** 16 ? sharedColumn(Uint16Array, size) : sharedColumn(Uint32Array, size);
}
