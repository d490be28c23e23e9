/**
 * Memory of the size of the arrays in a value, never touched and so for nothing, to be kept as long as the value is: Node
 * counts shared memory in no heap, so that it would let old columns lie about, and it counts this.
 */
export function sharedWeight(value: object): ArrayBuffer {
  return new ArrayBuffer(bytesOf(value));
}

/** Bytes of the typed arrays in an object, and in the objects and maps of it. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return 0;
  const parts = value instanceof Map ? [...value.values()] : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + bytesOf(part), 0);
}
