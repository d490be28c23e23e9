import type { FrozenMembers } from "./frozen-members.ts";
import { type ShortRows, shortened } from "./short-rows.ts";

/** Members looked at in the cells of the nearest centres, at least; with fewer some of the nearest are missed. */
const membersTried = 800;
const cellsTried = 4;

/** A member by its place, and how like it is (cosine). */
export interface NearMember {
  member: number;
  similarity: number;
}

export interface Wanted {
  size: number;
  /** Members to leave out, by their place. */
  skips?: (member: number) => boolean;
}

/**
 * A function that finds the nearest members of a row, nearest first. It looks into the cells whose centres are nearest,
 * and so may miss a few. Cost: (cells + 800) · stride products of 8-bit numbers, more where the nearest cells are large.
 */
export function memberSearch(
  members: FrozenMembers,
): (rows: ShortRows, row: number, wanted: Wanted) => NearMember[] {
  const { cellStart, stride } = members;
  const cells = cellStart.length - 1;
  const centres = centresOf(members);
  const cosines = new Float64Array(cells);
  const order = Int32Array.from({ length: cells }, (_, cell) => cell);
  return (rows, row, wanted) => {
    for (let cell = 0; cell < cells; cell++)
      cosines[cell] =
        centres.scale[cell]! * product(rows.values, row * stride, centres.values, cell * stride, stride);
    order.sort((a, b) => cosines[b]! - cosines[a]! || a - b);
    const near: NearMember[] = [];
    let tried = 0;
    for (let place = 0; place < cells && (place < cellsTried || tried < membersTried); place++) {
      const cell = order[place]!;
      offerCell(members, cell, { rows, row, wanted }, near);
      tried += cellStart[cell + 1]! - cellStart[cell]!;
    }
    return near;
  };
}

function offerCell(
  { cellStart, stride, vectors }: FrozenMembers,
  cell: number,
  { rows, row, wanted }: { rows: ShortRows; row: number; wanted: Wanted },
  near: NearMember[],
): void {
  const scale = rows.scale[row]!;
  let least = near.length < wanted.size ? Number.NEGATIVE_INFINITY : near[near.length - 1]!.similarity;
  for (let member = cellStart[cell]!; member < cellStart[cell + 1]!; member++) {
    const sum = product(rows.values, row * stride, vectors.values, member * stride, stride);
    const similarity = Math.min(1, sum * scale * vectors.scale[member]!);
    if (similarity <= least || wanted.skips?.(member) === true) continue;
    let at = near.length;
    while (at > 0 && near[at - 1]!.similarity < similarity) at--;
    near.splice(at, 0, { member, similarity });
    if (near.length > wanted.size) near.pop();
    if (near.length === wanted.size) least = near[near.length - 1]!.similarity;
  }
}

/** The scalar product of `width` numbers of 8 bits; `width` is a multiple of 4. */
function product(left: Int8Array, at: number, right: Int8Array, from: number, width: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let d = 0; d < width; d += 4) {
    sum0 = (sum0 + Math.imul(left[at + d]!, right[from + d]!)) | 0;
    sum1 = (sum1 + Math.imul(left[at + d + 1]!, right[from + d + 1]!)) | 0;
    sum2 = (sum2 + Math.imul(left[at + d + 2]!, right[from + d + 2]!)) | 0;
    sum3 = (sum3 + Math.imul(left[at + d + 3]!, right[from + d + 3]!)) | 0;
  }
  return sum0 + sum1 + sum2 + sum3;
}

/** By cell: the direction of the sum of its members that have a cluster, of length 1; zeros where there are none. */
function centresOf({ cellStart, stride, vectors, cluster }: FrozenMembers): ShortRows {
  const cells = cellStart.length - 1;
  const centres = new Float32Array(cells * stride);
  for (let cell = 0; cell < cells; cell++) {
    let squares = 0;
    for (let member = cellStart[cell]!; member < cellStart[cell + 1]!; member++) {
      if (cluster[member]! < 0) continue;
      for (let d = 0; d < stride; d++)
        centres[cell * stride + d]! += vectors.values[member * stride + d]! * vectors.scale[member]!;
    }
    for (let d = cell * stride; d < (cell + 1) * stride; d++) squares += centres[d]! ** 2;
    for (let d = cell * stride; d < (cell + 1) * stride; d++) centres[d]! /= Math.sqrt(squares || 1);
  }
  return shortened(centres, stride);
}
