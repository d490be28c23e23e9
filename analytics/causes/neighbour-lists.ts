import type { UnitVectors } from "./unit-vectors.ts";

/**
 * The `size` most similar rows of each row, most similar first. Row r owns ids[r * size] … ids[r * size + size - 1]
 * and the similarities (cosine) at the same places; an unused place holds -1 and -Infinity.
 */
export interface NeighbourLists {
  rows: number;
  size: number;
  ids: Int32Array;
  similarities: Float32Array;
}

export function emptyNeighbourLists(rows: number, size: number): NeighbourLists {
  return {
    rows,
    size,
    ids: new Int32Array(rows * size).fill(-1),
    similarities: new Float32Array(rows * size).fill(-Infinity),
  };
}

/**
 * Puts `candidate` into the list of `row` if it is among its nearest and not in it yet; true if it went in. Of equally
 * similar rows the first offered stays.
 */
export function offer(lists: NeighbourLists, row: number, candidate: number, cosine: number): boolean {
  const { ids, similarities, size } = lists;
  const similarity = Math.fround(cosine); // as it will be stored, so that equals compare as equal
  const first = row * size;
  const last = first + size - 1;
  if (similarity <= similarities[last]!) return false;
  for (let at = first; at <= last; at++) if (ids[at] === candidate) return false;
  let at = last;
  for (; at > first && similarities[at - 1]! < similarity; at--) {
    similarities[at] = similarities[at - 1]!;
    ids[at] = ids[at - 1]!;
  }
  similarities[at] = similarity;
  ids[at] = candidate;
  return true;
}

/**
 * Compares `row` with `members[from]` … `members[to - 1]` and offers each pair to both sides. Four rows at a time, so
 * that a number of `row` is loaded once for four products: twice as fast as one by one.
 */
export function offerPairs(
  lists: NeighbourLists,
  { values, stride }: UnitVectors,
  row: number,
  members: { ids: Int32Array; from: number; to: number },
): void {
  const { ids, to } = members;
  const base = row * stride;
  let at = members.from;
  for (; at + 3 < to; at += 4) {
    const base0 = ids[at]! * stride;
    const base1 = ids[at + 1]! * stride;
    const base2 = ids[at + 2]! * stride;
    const base3 = ids[at + 3]! * stride;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let d = 0; d < stride; d++) {
      const x = values[base + d]!;
      sum0 += x * values[base0 + d]!;
      sum1 += x * values[base1 + d]!;
      sum2 += x * values[base2 + d]!;
      sum3 += x * values[base3 + d]!;
    }
    offerBoth(lists, row, ids[at]!, sum0);
    offerBoth(lists, row, ids[at + 1]!, sum1);
    offerBoth(lists, row, ids[at + 2]!, sum2);
    offerBoth(lists, row, ids[at + 3]!, sum3);
  }
  for (; at < to; at++) {
    offerBoth(lists, row, ids[at]!, dotProduct(values, base, ids[at]! * stride, stride));
  }
}

function offerBoth(lists: NeighbourLists, one: number, two: number, similarity: number): void {
  offer(lists, one, two, similarity);
  offer(lists, two, one, similarity);
}

/** The scalar product of the `width` numbers at `left` and at `right`. `width` is a multiple of 4. */
export function dotProduct(values: Float32Array, left: number, right: number, width: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let d = 0; d < width; d += 4) {
    sum0 += values[left + d]! * values[right + d]!;
    sum1 += values[left + d + 1]! * values[right + d + 1]!;
    sum2 += values[left + d + 2]! * values[right + d + 2]!;
    sum3 += values[left + d + 3]! * values[right + d + 3]!;
  }
  return sum0 + sum1 + sum2 + sum3;
}
