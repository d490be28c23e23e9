import { type Graph, weightedDegrees } from "./graph.ts";
import { graphOfCommunities } from "./graph-of-communities.ts";
import { type Random, shuffledIndices } from "./random.ts";

const maxPasses = 20;
/** A bound on the visits of a node; some ten are usual. */
const mostVisits = 30;
const smallestGain = 1e-12;

/** Where a run of Louvain begins, by node; without it each node begins alone and may go anywhere. */
export interface LouvainStart {
  /** The community that it begins in, any number from 0 on; -1: alone. */
  community: Int32Array;
  /** The community that it stays in, because a person has said so; -1: it may go anywhere. */
  anchor: Int32Array;
}

/**
 * A community number for each node, 0 … communities-1 in order of first appearance, that (nearly) maximises modularity
 * at resolution `gamma`: higher gives more and smaller communities. Louvain (Blondel et al. 2008) with the queue of
 * Traag et al. 2019: after a move only the neighbours left behind are looked at again. The order of visits is the only
 * chance in it. Nodes with one anchor are together in the result, and nodes with two are not. Cost: about 10 visits an edge.
 */
export function louvain(graph: Graph, gamma: number, random: Random, start?: LouvainStart): Int32Array {
  let level = graph;
  let membership: Int32Array = Int32Array.from({ length: graph.nodes }, (_, node) => node);
  let community = start === undefined ? membership.slice() : startOf(start);
  let isFixed = Uint8Array.from({ length: graph.nodes }, (_, node) =>
    Number((start?.anchor[node] ?? -1) >= 0),
  );
  for (let pass = 0; pass < maxPasses; pass++) {
    const moved = numberedByAppearance(moveNodes(level, { community, isFixed, gamma }, random));
    membership = membership.map((node) => moved.of[node]!);
    if (moved.count === level.nodes) break;
    const fixedBefore = isFixed;
    isFixed = new Uint8Array(moved.count);
    moved.of.forEach((to, node) => {
      isFixed[to]! |= fixedBefore[node]!;
    });
    level = graphOfCommunities(level, moved.of, moved.count);
    community = Int32Array.from({ length: moved.count }, (_, node) => node);
  }
  return numberedByAppearance(membership).of;
}

/** By node: the first node that begins in the same community. */
function startOf({ community, anchor }: LouvainStart): Int32Array {
  const first = new Map<number, number>();
  return community.map((begins, node) => {
    const label = anchor[node]! >= 0 ? anchor[node]! : begins;
    if (label < 0) return node;
    const known = first.get(label) ?? node;
    first.set(label, known);
    return known;
  });
}

/**
 * Modularity at resolution gamma (Reichardt & Bornholdt 2006): the share of the weight that lies within communities
 * less gamma times the share expected of random edges between nodes of the same degrees. `null` for a graph without
 * weight.
 */
export function modularity(graph: Graph, membership: Int32Array, gamma = 1): number | null {
  const degrees = weightedDegrees(graph);
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  if (total === 0) return null;
  const degreeOf = new Float64Array(graph.nodes);
  let within = 0;
  for (let node = 0; node < graph.nodes; node++) {
    degreeOf[membership[node]!]! += degrees[node]!;
    within += graph.inner[node]!;
    for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++) {
      if (membership[graph.target[e]!] === membership[node]) within += graph.weight[e]!;
    }
  }
  return within / total - gamma * degreeOf.reduce((sum, degree) => sum + (degree / total) ** 2, 0);
}

interface MoveFrom {
  /** By node: the community that it is in, below the number of nodes. */
  community: Int32Array;
  /** By node: 1 where it stays there. */
  isFixed: Uint8Array;
  gamma: number;
}

/** Moves single nodes to the neighbouring community that gains most, until none gains. */
function moveNodes(graph: Graph, { community, isFixed, gamma }: MoveFrom, random: Random): Int32Array {
  const { nodes, start, target, weight } = graph;
  const degrees = weightedDegrees(graph);
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  const degreeOf = new Float64Array(nodes); // by community: the degrees of its nodes
  for (let node = 0; node < nodes; node++) degreeOf[community[node]!]! += degrees[node]!;
  const linkTo = new Float64Array(nodes); // by community: weight between it and the node at hand; else 0
  const queue = shuffledIndices(nodes, random); // a ring of the nodes to look at; none stands in it twice
  const isQueued = new Uint8Array(nodes).fill(1);
  let queued = nodes;
  for (let visits = 0; queued > 0 && visits < mostVisits * nodes; visits++) {
    const node = queue[visits % nodes]!;
    queued--;
    isQueued[node] = 0;
    if (isFixed[node] === 1) continue;
    const home = community[node]!;
    for (let e = start[node]!; e < start[node + 1]!; e++) linkTo[community[target[e]!]!]! += weight[e]!;
    const pull = (gamma * degrees[node]!) / total;
    degreeOf[home]! -= degrees[node]!;
    let best = home;
    let bestGain = linkTo[home]! - pull * degreeOf[home]!;
    for (let e = start[node]!; e < start[node + 1]!; e++) {
      const candidate = community[target[e]!]!;
      const gain = linkTo[candidate]! - pull * degreeOf[candidate]!;
      if (gain > bestGain + smallestGain) {
        best = candidate;
        bestGain = gain;
      }
    }
    degreeOf[best]! += degrees[node]!;
    for (let e = start[node]!; e < start[node + 1]!; e++) linkTo[community[target[e]!]!] = 0;
    if (best === home) continue;
    community[node] = best;
    for (let e = start[node]!; e < start[node + 1]!; e++) {
      const near = target[e]!;
      if (community[near] === best || isQueued[near]) continue;
      isQueued[near] = 1;
      queue[(visits + 1 + queued++) % nodes] = near;
    }
  }
  return community;
}

/** @param labels below their number */
function numberedByAppearance(labels: Int32Array): { of: Int32Array; count: number } {
  const numbers = new Int32Array(labels.length).fill(-1);
  let count = 0;
  const of = labels.map((label) => {
    if (numbers[label]! < 0) numbers[label] = count++;
    return numbers[label]!;
  });
  return { of, count };
}
