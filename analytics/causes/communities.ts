import type { Graph } from "./graph.ts";
import { type LouvainStart, louvain } from "./louvain.ts";
import { louvainRuns } from "./louvain-runs.ts";
import { type Random, randomFrom } from "./random.ts";
import { alone, type Team } from "./team.ts";

/** Resolution of causes among many; 1 is broad, 8 is fine. Measured flat in V-measure from 2 to 8. */
export const resolution = 4;
const shareOfBroad = 0.4;
const smallestBroad = 3;
/**
 * Runs that must agree: as many as visit half a million nodes in all, from 8 to 512, and hardly more than there are nodes.
 * More of them make two seeds agree
 * better: of bank complaints with the product ARI .92 (32 runs), .96 (128), .97 (512), of patients' comments .88, .91, .93.
 */
const visitedNodes = 500_000;
const fewestRuns = 8;
const mostRuns = 512;
const runsOfFewNodes = 32;

/**
 * The resolution that a graph can bear: .4 times the number of its broad communities (those of resolution 1), from 1 to
 * 4. Modularity at resolution g holds k groups of one size together only where k > g: at 4 three causes of 30 cases
 * each were torn into 14 to 17, and are 3 so; eight and more are left as they were.
 */
export function resolutionFor(graph: Graph): number {
  const sizes = new Map<number, number>();
  for (const community of louvain(graph, 1, randomFrom(1)))
    sizes.set(community, (sizes.get(community) ?? 0) + 1);
  const broad = [...sizes.values()].filter((size) => size >= smallestBroad).length;
  return Math.min(resolution, Math.max(1, shareOfBroad * broad));
}

export interface CommunityOptions {
  start?: LouvainStart | undefined;
  /** The resolution; by default what the graph can bear. */
  gamma?: number;
  team?: Team;
}

/**
 * A community number for each node, from the agreement of many Louvain runs: each edge's weight is multiplied by the
 * share of runs in which it lay within one community, and Louvain runs once more on that. One run depends on the order
 * of its visits; the agreement hardly does (Lancichinetti & Fortunato 2012).
 */
export function communities(
  graph: Graph,
  random: Random,
  { start, gamma = resolutionFor(graph), team = alone }: CommunityOptions = {},
): Int32Array {
  const together = new Uint16Array(graph.target.length);
  const runs = consensusRuns(graph.nodes);
  const seeds = Array.from({ length: runs }, () => Math.floor(random() * 2 ** 32));
  for (const membership of louvainRuns({ graph, gamma, seeds, start }, team)) {
    for (let node = 0; node < graph.nodes; node++) {
      for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++) {
        if (membership[graph.target[e]!] === membership[node]) together[e]!++;
      }
    }
  }
  const weight = graph.weight.map((value, e) => (value * together[e]!) / runs);
  return louvain({ ...graph, weight }, gamma, random, start);
}

function consensusRuns(nodes: number): number {
  const most = Math.min(mostRuns, Math.max(runsOfFewNodes, nodes));
  return Math.max(fewestRuns, Math.min(most, Math.round(visitedNodes / Math.max(1, nodes))));
}
