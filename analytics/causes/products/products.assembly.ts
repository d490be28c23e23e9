// AssemblyScript: `npm run build` makes build/kernels.wasm of it and of the search's kernels. The inner loops of what makes
// vectors of texts. Each equals its twin in product-kernels.ts bit for bit: the same sums in the same order. Addresses are
// byte offsets.

/** sums[d] += the sum over k of value[k] * dense[column[k] * width + d]; sums in 64 bits, four products at a time. */
export function addSparseRow(
  column: usize,
  value: usize,
  count: i32,
  dense: usize,
  width: i32,
  sums: usize,
): void {
  const rowBytes = (<usize>width) << 2;
  const whole = <usize>(width & ~1);
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const at = (<usize>k) << 2;
    const row0 = dense + <usize>load<i32>(column + at) * rowBytes;
    const row1 = dense + <usize>load<i32>(column + at, 4) * rowBytes;
    const row2 = dense + <usize>load<i32>(column + at, 8) * rowBytes;
    const row3 = dense + <usize>load<i32>(column + at, 12) * rowBytes;
    const x0 = <f64>load<f32>(value + at);
    const x1 = <f64>load<f32>(value + at, 4);
    const x2 = <f64>load<f32>(value + at, 8);
    const x3 = <f64>load<f32>(value + at, 12);
    const xs0 = f64x2.splat(x0);
    const xs1 = f64x2.splat(x1);
    const xs2 = f64x2.splat(x2);
    const xs3 = f64x2.splat(x3);
    for (let d: usize = 0; d < whole; d += 2) {
      const to = sums + (d << 3);
      let sum = f64x2.mul(xs0, pair(row0 + (d << 2)));
      sum = f64x2.add(sum, f64x2.mul(xs1, pair(row1 + (d << 2))));
      sum = f64x2.add(sum, f64x2.mul(xs2, pair(row2 + (d << 2))));
      sum = f64x2.add(sum, f64x2.mul(xs3, pair(row3 + (d << 2))));
      v128.store(to, f64x2.add(v128.load(to), sum));
    }
    if (width & 1) {
      const to = sums + (whole << 3);
      const last = whole << 2;
      const sum =
        x0 * <f64>load<f32>(row0 + last) +
        x1 * <f64>load<f32>(row1 + last) +
        x2 * <f64>load<f32>(row2 + last) +
        x3 * <f64>load<f32>(row3 + last);
      store<f64>(to, load<f64>(to) + sum);
    }
  }
  for (; k < count; k++) {
    const at = (<usize>k) << 2;
    const row = dense + <usize>load<i32>(column + at) * rowBytes;
    const x = <f64>load<f32>(value + at);
    for (let d: usize = 0; d < <usize>width; d++) {
      const to = sums + (d << 3);
      store<f64>(to, load<f64>(to) + x * <f64>load<f32>(row + (d << 2)));
    }
  }
}

/** Two numbers of 32 bits as two of 64. */
function pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** sums[d] += table[d] * weight, in 32 bits; `width` is a multiple of 4. */
export function addWord(table: usize, weight: f32, width: i32, sums: usize): void {
  const weights = f32x4.splat(weight);
  for (let d: usize = 0; d < <usize>width; d += 4) {
    const to = sums + (d << 2);
    const numbers = f32x4.convert_i32x4_s(
      i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(table + d))),
    );
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(numbers, weights)));
  }
}
