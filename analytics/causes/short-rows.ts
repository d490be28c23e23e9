/** Rows of as many 8-bit numbers each, and what each row's are to be multiplied by. */
export interface ShortRows {
  values: Int8Array;
  scale: Float32Array;
}

/** Rows of `width` numbers as 8-bit ones: the greatest of a row becomes 127. */
export function shortened(values: Float32Array, width: number): ShortRows {
  const rows = width === 0 ? 0 : values.length / width;
  const short = { values: new Int8Array(values.length), scale: new Float32Array(rows) };
  for (let row = 0; row < rows; row++) {
    let most = 0;
    for (let d = row * width; d < (row + 1) * width; d++) most = Math.max(most, Math.abs(values[d]!));
    const scale = most / 127 || 1;
    short.scale[row] = scale;
    for (let d = row * width; d < (row + 1) * width; d++) short.values[d] = Math.round(values[d]! / scale);
  }
  return short;
}

/** The numbers that 8-bit rows of `width` stand for. */
export function lengthened({ values, scale }: ShortRows, width: number): Float32Array {
  const long = new Float32Array(values.length);
  for (let row = 0; row < scale.length; row++)
    for (let d = row * width; d < (row + 1) * width; d++) long[d] = values[d]! * scale[row]!;
  return long;
}
