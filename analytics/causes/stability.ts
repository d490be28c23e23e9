import { resolutionFor } from "./communities.ts";
import type { Graph } from "./graph.ts";
import { louvainRuns } from "./louvain-runs.ts";
import { alone, type Team } from "./team.ts";

/** As many as visit two and a half million nodes in all, from 3 to 8: the larger a cluster, the less its trials differ. */
const visitedNodes = 2_500_000;
const fewestTrials = 3;
const mostTrials = 8;

/**
 * How surely each cluster would be found again: in up to eight trials from scratch, which visit the texts in other orders, the
 * Jaccard similarity of the cluster and of the community that is most like it, the mean of the trials (Hennig 2007,
 * "Cluster-wise assessment of cluster stability": from .75 on a cluster is stable, below .6 it is not to be trusted). 1:
 * the same texts every time.
 *
 * @param clusterOf by node: 0 … count-1, -1 for none
 * @returns by cluster; `null` for one without nodes
 * Cost: three to eight runs of Louvain.
 */
export function stabilityOf(
  graph: Graph,
  clusterOf: Int32Array,
  count: number,
  { gamma = resolutionFor(graph), team = alone }: { gamma?: number; team?: Team } = {},
): (number | null)[] {
  const sizes = sizesOf(clusterOf, count);
  const sums = new Float64Array(count);
  const trials = Math.max(
    fewestTrials,
    Math.min(mostTrials, Math.round(visitedNodes / Math.max(1, graph.nodes))),
  );
  const seeds = Array.from({ length: trials }, (_, trial) => 1_001 + trial);
  for (const found of louvainRuns({ graph, gamma, seeds }, team)) {
    // What the published clusters leave out is left out of the trial too.
    const community = found.map((number, node) => (clusterOf[node]! < 0 ? -1 : number));
    bestJaccards(clusterOf, sizes, community).forEach((best, cluster) => {
      sums[cluster]! += best / trials;
    });
  }
  return Array.from(sizes, (size, cluster) => (size === 0 ? null : sums[cluster]!));
}

function sizesOf(labels: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  return sizes;
}

/** By cluster: its greatest Jaccard similarity with any community. */
function bestJaccards(clusterOf: Int32Array, sizes: Int32Array, community: Int32Array): Float64Array {
  const communities = community.reduce((most, number) => Math.max(most, number + 1), 0);
  const communitySizes = sizesOf(community, communities);
  const shared = new Map<number, number>(); // cluster · communities + community -> nodes in both
  clusterOf.forEach((cluster, node) => {
    if (cluster < 0) return;
    const key = cluster * communities + community[node]!;
    shared.set(key, (shared.get(key) ?? 0) + 1);
  });
  const best = new Float64Array(sizes.length);
  for (const [key, both] of shared) {
    const cluster = Math.floor(key / communities);
    const either = sizes[cluster]! + communitySizes[key % communities]! - both;
    best[cluster] = Math.max(best[cluster]!, both / either);
  }
  return best;
}
