// AssemblyScript: `npm run build` makes build/kernels.wasm of it. The inner loops of the search for neighbours, eight
// products at a time. Each equals its twin in kernels.ts number by number: all is done in whole numbers, so that no order
// of summing matters. Addresses are byte offsets in the memory that search-memory.ts lays out; `stride` is a multiple of 8.

let vectors: usize = 0;
let stride: usize = 0;
let ids: usize = 0;
let dots: usize = 0;
/** Bytes of one list. */
let width: usize = 0;
let before: usize = 0;
let backward: usize = 0;
let plane: usize = 0;
let tried: usize = 0;

/** Where things lie; to be called once in each instance. */
export function open(
  vectorsAt: usize,
  strideOfVectors: usize,
  idsAt: usize,
  dotsAt: usize,
  size: usize,
  beforeAt: usize,
  backwardAt: usize,
  planeAt: usize,
  triedAt: usize,
): void {
  vectors = vectorsAt;
  stride = strideOfVectors;
  ids = idsAt;
  dots = dotsAt;
  width = size << 2;
  before = beforeAt;
  backward = backwardAt;
  plane = planeAt;
  tried = triedAt;
}

/** The scalar product of `plane` and a row. */
function dotOfPlane(row: usize): i32 {
  let sums = i32x4.splat(0);
  for (let d: usize = 0; d < stride; d += 8) {
    sums = i32x4.add(sums, i32x4.dot_i16x8_s(v128.load(plane + (d << 1)), v128.load_ext<i8>(row + d)));
  }
  return total(sums);
}

function dot(one: usize, two: usize): i32 {
  let sums = i32x4.splat(0);
  for (let d: usize = 0; d < stride; d += 8) {
    sums = i32x4.add(sums, i32x4.dot_i16x8_s(v128.load_ext<i8>(one + d), v128.load_ext<i8>(two + d)));
  }
  return total(sums);
}

function total(sums: v128): i32 {
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

function offer(row: i32, candidate: i32, product: i32): void {
  const first = <usize>row * width;
  const last = first + width - 4;
  const least = load<i32>(dots + last);
  if (product < least || (product === least && candidate >= load<i32>(ids + last))) return;
  for (let at = first; at <= last; at += 4) if (load<i32>(ids + at) === candidate) return;
  let at = last;
  for (; at > first; at -= 4) {
    const better = load<i32>(dots + at - 4);
    const betterId = load<i32>(ids + at - 4);
    if (better > product || (better === product && betterId < candidate)) break;
    store<i32>(dots + at, better);
    store<i32>(ids + at, betterId);
  }
  store<i32>(dots + at, product);
  store<i32>(ids + at, candidate);
}

export function partition(order: usize, from: i32, to: i32, one: i32, two: i32): i32 {
  const rowOne = vectors + <usize>one * stride;
  const rowTwo = vectors + <usize>two * stride;
  for (let d: usize = 0; d < stride; d += 8) {
    v128.store(plane + (d << 1), i16x8.sub(v128.load_ext<i8>(rowOne + d), v128.load_ext<i8>(rowTwo + d)));
  }
  let middle = from;
  for (let at = from; at < to; at++) {
    const row = load<i32>(order + ((<usize>at) << 2));
    if (dotOfPlane(vectors + <usize>row * stride) <= 0) continue;
    store<i32>(order + ((<usize>at) << 2), load<i32>(order + ((<usize>middle) << 2)));
    store<i32>(order + ((<usize>middle) << 2), row);
    middle++;
  }
  return middle;
}

export function offerAllPairs(order: usize, from: i32, to: i32): void {
  for (let at = from; at < to; at++) {
    const row = load<i32>(order + ((<usize>at) << 2));
    const base = vectors + <usize>row * stride;
    let other = at + 1;
    for (; other + 3 < to; other += 4) {
      const four = order + ((<usize>other) << 2);
      const id0 = load<i32>(four);
      const id1 = load<i32>(four + 4);
      const id2 = load<i32>(four + 8);
      const id3 = load<i32>(four + 12);
      const base0 = vectors + <usize>id0 * stride;
      const base1 = vectors + <usize>id1 * stride;
      const base2 = vectors + <usize>id2 * stride;
      const base3 = vectors + <usize>id3 * stride;
      let sums0 = i32x4.splat(0);
      let sums1 = i32x4.splat(0);
      let sums2 = i32x4.splat(0);
      let sums3 = i32x4.splat(0);
      for (let d: usize = 0; d < stride; d += 8) {
        const x = v128.load_ext<i8>(base + d);
        sums0 = i32x4.add(sums0, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(base0 + d)));
        sums1 = i32x4.add(sums1, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(base1 + d)));
        sums2 = i32x4.add(sums2, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(base2 + d)));
        sums3 = i32x4.add(sums3, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(base3 + d)));
      }
      offerBoth(row, id0, total(sums0));
      offerBoth(row, id1, total(sums1));
      offerBoth(row, id2, total(sums2));
      offerBoth(row, id3, total(sums3));
    }
    for (; other < to; other++) {
      const id = load<i32>(order + ((<usize>other) << 2));
      offerBoth(row, id, dot(base, vectors + <usize>id * stride));
    }
  }
}

function offerBoth(one: i32, two: i32, product: i32): void {
  offer(one, two, product);
  offer(two, one, product);
}

export function tryNeighboursOfNeighbours(from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    const own = <usize>row * width;
    store<i32>(tried + ((<usize>row) << 2), row);
    for (let at: usize = 0; at < width; at += 4) {
      const near = load<i32>(before + own + at);
      if (near >= 0) store<i32>(tried + ((<usize>near) << 2), row);
    }
    for (let at: usize = 0; at < width; at += 4) {
      tryListOf(row, load<i32>(before + own + at));
      tryListOf(row, load<i32>(backward + own + at));
    }
  }
}

function tryListOf(row: i32, near: i32): void {
  if (near < 0) return;
  const list = before + <usize>near * width;
  const base = vectors + <usize>row * stride;
  for (let at: usize = 0; at < width; at += 4) {
    const candidate = load<i32>(list + at);
    if (candidate < 0) continue;
    const mark = tried + ((<usize>candidate) << 2);
    if (load<i32>(mark) === row) continue;
    store<i32>(mark, row);
    offer(row, candidate, dot(base, vectors + <usize>candidate * stride));
  }
}
