import type { Graph } from "./graph.ts";
import { type LouvainStart, louvain } from "./louvain.ts";
import { randomFrom } from "./random.ts";
import type { Team } from "./team.ts";

interface Runs {
  graph: Graph;
  gamma: number;
  /** By run: what its order of visits is drawn from. */
  seeds: readonly number[];
  start?: LouvainStart | undefined;
}

/** Several runs of {@link louvain} that differ in their order of visits alone, shared out among a team; by run: the result. */
export function louvainRuns(runs: Runs, team: Team): Int32Array[] {
  const { nodes } = runs.graph;
  const found = new Int32Array(
    new SharedArrayBuffer(runs.seeds.length * nodes * Int32Array.BYTES_PER_ELEMENT),
  );
  team.run("runLouvain", { ...runs, found }, runs.seeds.length);
  return runs.seeds.map((_, run) => found.subarray(run * nodes, (run + 1) * nodes));
}

/** Piece r is run r; it writes found[r * nodes] … found[(r + 1) * nodes - 1]. */
export function runLouvain({ graph, gamma, seeds, start, found }: Runs & { found: Int32Array }) {
  return (run: number): void =>
    found.set(louvain(graph, gamma, randomFrom(seeds[run]!), start), run * graph.nodes);
}
