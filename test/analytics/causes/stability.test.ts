import { expect, test } from "vitest";
import { type Edge, graphFromEdges } from "#analytics/causes/graph.ts";
import { stabilityOf } from "#analytics/causes/stability.ts";

/** All pairs of some nodes. */
function clique(nodes: readonly number[]): Edge[] {
  return nodes.flatMap((one) => nodes.filter((two) => two > one).map((two): Edge => [one, two, 1]));
}

/** Six cliques of five, each joined to the next. */
const cliques = Array.from({ length: 6 }, (_, i) => [0, 1, 2, 3, 4].map((j) => 5 * i + j));
const graph = graphFromEdges(30, [
  ...cliques.flatMap(clique),
  ...cliques.map((nodes, i): Edge => [nodes[0] ?? 0, cliques[(i + 1) % 6]?.[1] ?? 0, 1]),
]);

test("what every trial finds has 1; a cluster of two such has the share of the larger one", () => {
  const clusters = Int32Array.from({ length: 30 }, (_, node) => Math.floor(node / 5));
  expect(stabilityOf(graph, clusters, 6)).toEqual([1, 1, 1, 1, 1, 1]);
  const joined = clusters.map((cluster) => (cluster === 1 ? 0 : cluster));
  expect(stabilityOf(graph, joined, 6)).toEqual([0.5, null, 1, 1, 1, 1]);
});

test("nodes without a cluster count for none", () => {
  const clusters = Int32Array.from({ length: 30 }, (_, node) => (node < 4 ? 0 : -1)); // one of the clique is left out
  expect(stabilityOf(graph, clusters, 1)).toEqual([1]);
});
