import type { Graph } from "./graph.ts";
import { type LouvainStart, louvain } from "./louvain.ts";
import type { Random } from "./random.ts";

/** Resolution: 1 is broad, 4 is causes, 8 is fine. Measured flat in V-measure from 2 to 8. */
export const resolution = 4;
/** Runs that must agree; a graph of many nodes has fewer, since each takes as long as it has edges. */
export const consensusRuns = 32;
const fewestRuns = 8;
const nodesForAll = 30_000;

/**
 * A community number for each node, from the agreement of many Louvain runs: each edge's weight is multiplied by the
 * square of the share of runs in which it lay within one community, and Louvain runs once more on that. One run depends
 * on the order of its visits; the agreement hardly does (Lancichinetti & Fortunato 2012). The square makes edges that
 * the runs do not agree on count next to nothing.
 */
export function communities(graph: Graph, random: Random, start?: LouvainStart): Int32Array {
  const together = new Float64Array(graph.target.length);
  const runs = graph.nodes > nodesForAll ? fewestRuns : consensusRuns;
  for (let run = 0; run < runs; run++) {
    const membership = louvain(graph, resolution, random, start);
    for (let node = 0; node < graph.nodes; node++) {
      for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++) {
        if (membership[graph.target[e]!] === membership[node]) together[e]! += 1 / runs;
      }
    }
  }
  const weight = graph.weight.map((value, e) => value * together[e]!);
  return louvain({ ...graph, weight }, resolution, random, start);
}
