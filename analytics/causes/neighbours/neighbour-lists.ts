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
