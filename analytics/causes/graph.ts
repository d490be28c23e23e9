import type { NeighbourLists } from "./neighbours/neighbour-lists.ts";
import { sharedArrays } from "./shared-arrays.ts";

/**
 * An undirected weighted graph. Node i has the edges e = start[i] … start[i + 1] - 1 to target[e] with weight[e]; each
 * edge stands at both of its ends. A pair may have several edges: their weights add up. `inner[i]` is twice the weight
 * that lies inside node i (a node may stand for a community of an earlier pass).
 */
export interface Graph {
  nodes: number;
  start: Int32Array;
  target: Int32Array;
  weight: Float64Array;
  inner: Float64Array;
}

export type Edge = readonly [one: number, two: number, weight: number];

export function graphFromEdges(nodes: number, edges: readonly Edge[]): Graph {
  return graphOf(nodes, (visit) => {
    for (const [one, two, weight] of edges) visit(one, two, weight);
  });
}

/**
 * Each row joined to its nearest by their similarity; two rows that name each other are joined twice. Similarities
 * below `least` say nothing and join nobody.
 */
export function neighbourGraph({ rows, size, ids, similarities }: NeighbourLists, least = 0.05): Graph {
  return graphOf(rows, (visit) => {
    for (let at = 0; at < rows * size; at++) {
      if (ids[at]! >= 0 && similarities[at]! >= least)
        visit(Math.floor(at / size), ids[at]!, similarities[at]!);
    }
  });
}

/** `forEachEdge` is walked twice: to count, and to write. All threads see what it writes. */
function graphOf(
  nodes: number,
  forEachEdge: (visit: (one: number, two: number, weight: number) => void) => void,
): Graph {
  const { start } = sharedArrays(null, { start: [Int32Array, nodes + 1] }).arrays;
  forEachEdge((one, two) => {
    start[one + 1]!++;
    start[two + 1]!++;
  });
  for (let node = 0; node < nodes; node++) start[node + 1]! += start[node]!;
  const next = start.slice(0, nodes);
  const edges = start[nodes]!;
  const { target, weight } = sharedArrays(null, {
    target: [Int32Array, edges],
    weight: [Float64Array, edges],
  }).arrays;
  forEachEdge((one, two, value) => {
    target[next[one]!] = two;
    weight[next[one]!++] = value;
    target[next[two]!] = one;
    weight[next[two]!++] = value;
  });
  return { nodes, start, target, weight, inner: new Float64Array(nodes) };
}

/** By node: the weight of its edges, and what lies inside it. */
export function weightedDegrees({ nodes, start, weight, inner }: Graph): Float64Array {
  const degrees = inner.slice();
  for (let node = 0; node < nodes; node++) {
    for (let e = start[node]!; e < start[node + 1]!; e++) degrees[node]! += weight[e]!;
  }
  return degrees;
}
