interface ArrayType<Column> {
  new (buffer: SharedArrayBuffer): Column;
  readonly BYTES_PER_ELEMENT: number;
}

/** A column of zeros in memory that all threads see: handed to another thread, it is not copied. */
export function sharedColumn<Column>(type: ArrayType<Column>, size: number): Column {
  return new type(new SharedArrayBuffer(size * type.BYTES_PER_ELEMENT));
}
