import type { Graph } from "./graph.ts";

/** The graph whose nodes are the communities of `graph`: `membership` gives each node one of 0 … count-1. */
export function graphOfCommunities(graph: Graph, membership: Int32Array, count: number): Graph {
  const { nodesOf, first } = nodesByCommunity(membership, count);
  const inner = new Float64Array(count);
  const start = new Int32Array(count + 1);
  const target: number[] = [];
  const weight: number[] = [];
  const placeOf = new Int32Array(count).fill(-1); // where the edge to a community stands, of the one at hand
  for (let community = 0; community < count; community++) {
    const begin = target.length;
    for (let at = first[community]!; at < first[community + 1]!; at++) {
      const node = nodesOf[at]!;
      inner[community]! += graph.inner[node]!;
      for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++) {
        const other = membership[graph.target[e]!]!;
        if (other === community) inner[community]! += graph.weight[e]!;
        else if (placeOf[other]! >= begin) weight[placeOf[other]!]! += graph.weight[e]!;
        else {
          placeOf[other] = target.push(other) - 1;
          weight.push(graph.weight[e]!);
        }
      }
    }
    start[community + 1] = target.length;
  }
  return { nodes: count, start, target: Int32Array.from(target), weight: Float64Array.from(weight), inner };
}

function nodesByCommunity(membership: Int32Array, count: number): { nodesOf: Int32Array; first: Int32Array } {
  const first = new Int32Array(count + 1);
  for (const community of membership) first[community + 1]!++;
  for (let community = 0; community < count; community++) first[community + 1]! += first[community]!;
  const next = first.slice(0, count);
  const nodesOf = new Int32Array(membership.length);
  membership.forEach((community, node) => {
    nodesOf[next[community]!++] = node;
  });
  return { nodesOf, first };
}
