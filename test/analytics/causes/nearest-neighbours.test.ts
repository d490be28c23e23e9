import { expect, test } from "vitest";
import { approximateNeighbours, exactNeighbours } from "#analytics/causes/nearest-neighbours.ts";
import { emptyNeighbourLists, offer } from "#analytics/causes/neighbour-lists.ts";
import { randomFrom } from "#analytics/causes/random.ts";
import { scaleToUnit, type UnitVectors } from "#analytics/causes/unit-vectors.ts";

/** Unit vectors around `centres` random points, so that near ones exist. */
function scattered(rows: number, stride: number, centres: number): UnitVectors {
  const random = randomFrom(11);
  const centre = Float32Array.from({ length: centres * stride }, () => random() - 0.5);
  const values = new Float32Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const from = (row % centres) * stride;
    for (let d = 0; d < stride; d++) values[row * stride + d] = centre[from + d]! + 0.6 * (random() - 0.5);
    scaleToUnit(values, row * stride, stride);
  }
  return { rows, stride, values };
}

test("exact neighbours equal those of comparing and sorting all", () => {
  const vectors = scattered(61, 12, 5);
  const { ids, similarities } = exactNeighbours(vectors, 4);
  const cosine = (a: number, b: number) => {
    let sum = 0;
    for (let d = 0; d < 12; d++) sum += vectors.values[a * 12 + d]! * vectors.values[b * 12 + d]!;
    return sum;
  };
  for (let row = 0; row < 61; row++) {
    const others = Array.from({ length: 61 }, (_, id) => id).filter((id) => id !== row);
    const nearest = others.sort((a, b) => cosine(row, b) - cosine(row, a)).slice(0, 4);
    expect([...ids.subarray(row * 4, row * 4 + 4)]).toEqual(nearest);
    nearest.forEach((id, place) => expect(similarities[row * 4 + place]).toBeCloseTo(cosine(row, id), 5));
  }
});

test("approximate neighbours recall at least 95 % of the exact ones", () => {
  const vectors = scattered(3000, 64, 60);
  const exact = exactNeighbours(vectors, 10).ids;
  const found = approximateNeighbours(vectors, 10, randomFrom(1)).ids;
  let recalled = 0;
  for (let row = 0; row < 3000; row++) {
    const truth = new Set(exact.subarray(row * 10, row * 10 + 10));
    for (const id of found.subarray(row * 10, row * 10 + 10)) if (truth.has(id)) recalled++;
  }
  expect(recalled / 30_000).toBeGreaterThan(0.95);
});

test("a row is never its own neighbour, nor listed twice", () => {
  const vectors = scattered(500, 8, 3);
  const { ids } = approximateNeighbours(vectors, 10, randomFrom(1));
  for (let row = 0; row < 500; row++) {
    const listed = [...ids.subarray(row * 10, row * 10 + 10)];
    expect(listed).not.toContain(row);
    expect(new Set(listed).size).toBe(10);
  }
});

test("rows that are all alike are split all the same", () => {
  const values = new Float32Array(1000 * 4).fill(0.5);
  const { ids } = approximateNeighbours({ rows: 1000, stride: 4, values }, 10, randomFrom(1));
  expect(ids).not.toContain(-1);
});

test("with fewer rows than places the rest stays empty", () => {
  const { ids } = exactNeighbours(scattered(3, 4, 1), 10);
  expect([...ids.subarray(0, 10)].filter((id) => id >= 0)).toHaveLength(2);
});

test("a list keeps the best, in order, each once", () => {
  const lists = emptyNeighbourLists(1, 2);
  expect(offer(lists, 0, 7, 0.5)).toBe(true);
  expect(offer(lists, 0, 8, 0.9)).toBe(true);
  expect(offer(lists, 0, 8, 0.9)).toBe(false);
  expect(offer(lists, 0, 9, 0.7)).toBe(true);
  expect(offer(lists, 0, 6, 0.7)).toBe(false);
  expect([...lists.ids]).toEqual([8, 9]);
});
