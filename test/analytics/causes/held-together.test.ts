import { expect, test } from "vitest";
import { graphFromEdges } from "#analytics/causes/graph.ts";
import { heldTogether } from "#analytics/causes/held-together.ts";

const graph = graphFromEdges(5, [
  [0, 1, 0.5],
  [1, 2, 0.5],
  [2, 3, 0.5],
  [3, 4, 0.5],
]);
const free = Int32Array.of(-1, -1, -1, -1, -1);
/** By link: 0-1, 1-2, 2-3, 3-4, as its first end sees it. */
const weights = (community: Int32Array, anchor: Int32Array) => {
  const { start, target, weight } = heldTogether(graph, { community, anchor });
  return [0, 1, 2, 3].map((node) => {
    const at = Array.from({ length: start[node + 1]! - start[node]! }, (_, nth) => start[node]! + nth);
    return weight[at.find((e) => target[e] === node + 1)!];
  });
};

test("links within what was one cause are stronger; those between two, and of new cases, are not", () => {
  expect(weights(Int32Array.of(7, 7, 3, -1, -1), free)).toEqual([0.875, 0.5, 0.5, 0.5]);
});

test("where a person has put a case counts, not where it was before", () => {
  expect(weights(Int32Array.of(7, 7, 3, -1, -1), Int32Array.of(-1, 3, -1, -1, -1))).toEqual([
    0.5, 0.875, 0.5, 0.5,
  ]);
});

test("the graph that was given stays as it was", () => {
  weights(Int32Array.of(7, 7, 7, 7, 7), free);
  expect(new Set(graph.weight)).toEqual(new Set([0.5]));
});
