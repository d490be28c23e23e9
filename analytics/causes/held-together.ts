import type { Graph } from "./graph.ts";
import type { LouvainStart } from "./louvain.ts";
import { sharedArrays } from "./shared-arrays.ts";

/** Links within what was one cause count so many times, that causes go on from load to load. */
const hold = 1.75;

/**
 * The graph of a run that begins from the causes of the run before, with the links between cases of one cause made
 * stronger. To begin there alone does not hold a cause: where several cuts are nearly as good, a quarter more cases moved
 * a sixth of the others to another one.
 *
 * Measured, seed 1, in the order 10,003 bank questions; bank complaints alone, with the product; patients' comments. Cases
 * that keep their cause after a quarter more cases: 95; 83, 91; 83 % without it, 97; 91, 97; 92 % at 1.5, 98; 93, 98; 95 % at
 * 1.75, 99; 94, 98; 95 % at 2. V: .725; .387, .562; .398 without it, .725; .385, .559; .399 at 1.75. Links of new cases weigh
 * what they did, so that they may still be a cause of their own: of 556 and 464 questions of kinds that the run before
 * had not seen 97 and 79 lie in new causes without it, 112 and 50 at 1.75, 97 and 17 at 2. Cost: one pass over the links.
 */
export function heldTogether(graph: Graph, { community, anchor }: LouvainStart): Graph {
  const begins = community.map((cause, node) => (anchor[node]! >= 0 ? anchor[node]! : cause));
  const { weight } = sharedArrays(null, { weight: [Float64Array, graph.weight.length] }).arrays; // all threads see it
  weight.set(graph.weight);
  for (let node = 0; node < graph.nodes; node++) {
    if (begins[node]! < 0) continue;
    for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++)
      if (begins[graph.target[e]!] === begins[node]) weight[e]! *= hold;
  }
  return { ...graph, weight };
}
