import type { Graph } from "./graph.ts";
import type { LouvainStart } from "./louvain.ts";
import type { ReadCases } from "./read-cases.ts";

/** What a run begins with. Causes are numbered alike in both. */
export interface RunStart {
  /**
   * The cause of each case in the run before: each begins where it was, so that causes go on under later loads. Without
   * it the run is cold, and two runs over nearly the same cases may cut them differently.
   */
  before?: ReadonlyMap<string, number>;
  /**
   * By case: the cause that a person says it belongs to. Such cases are together, apart from those of another cause, and
   * never left out; what is like them may follow. Of copies that contradict each other, and of cases without a text,
   * which have no like, nothing follows.
   */
  anchors?: ReadonlyMap<string, number>;
  /** From scratch: of `before` only the causes that people have spoken of begin as they were. */
  cold?: boolean;
}

/**
 * Where each node begins, and where it stays. A cause that anybody has spoken of begins as it was also in a cold run:
 * else the one case that a person had moved to it would be all of it, and the cases that it was moved to would be
 * found under another number.
 */
export function startOfRun({ cases, folded }: ReadCases, { before, anchors, cold }: RunStart): LouvainStart {
  const community = new Int32Array(folded.speaker.length).fill(-1);
  const spokenOf = new Set(anchors?.values());
  folded.nodeOf.forEach((node, index) => {
    const cause = before?.get(cases[index]!.caseId);
    if (node < 0 || cause === undefined || community[node]! >= 0) return;
    if (cold !== true || spokenOf.has(cause)) community[node] = cause;
  });
  return { community, anchor: anchorsOfNodes({ cases, folded }, anchors ?? new Map()) };
}

/**
 * By node: the cause that people say it belongs to, or -1. Copies of which they say two different things say nothing of
 * their text: each case stays where it was put, for a person's word lies over the run, and the text goes where it likes.
 */
function anchorsOfNodes(
  { cases, folded }: Pick<ReadCases, "cases" | "folded">,
  anchors: ReadonlyMap<string, number>,
): Int32Array {
  const anchor = new Int32Array(folded.speaker.length).fill(-1);
  const contradicted = new Uint8Array(anchor.length);
  folded.nodeOf.forEach((node, index) => {
    const said = anchors.get(cases[index]!.caseId);
    if (node < 0 || said === undefined) return;
    if (anchor[node]! >= 0 && anchor[node] !== said) contradicted[node] = 1;
    anchor[node] = said;
  });
  return anchor.map((said, node) => (contradicted[node] === 1 ? -1 : said));
}

/** By cluster: the cause that its anchored nodes were said to belong to; `null` for one without. */
export function anchorsOfClusters(
  clusterOf: Int32Array,
  anchor: Int32Array,
  count: number,
): (number | null)[] {
  const found = Array.from({ length: count }, (): number | null => null);
  clusterOf.forEach((cluster, node) => {
    if (anchor[node]! >= 0) found[cluster] = anchor[node]!;
  });
  return found;
}

/**
 * By node: the cluster that it would be in if nobody had said where it belongs, which is what shows again when that word
 * is taken back: its own, but for an anchored node the one that the weight of its links goes to most (-1: to texts of
 * no cluster, or it has no links). Ties go to the first link.
 */
export function withoutAnchors(graph: Graph, clusterOf: Int32Array, anchor: Int32Array): Int32Array {
  return clusterOf.map((cluster, node) => {
    if (anchor[node]! < 0) return cluster;
    const weights = new Map<number, number>();
    for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++) {
      const near = clusterOf[graph.target[e]!]!;
      weights.set(near, (weights.get(near) ?? 0) + graph.weight[e]!);
    }
    let [best, most] = [-1, 0];
    for (const [near, weight] of weights) if (weight > most) [best, most] = [near, weight];
    return best;
  });
}

/**
 * The graph without the links by which a node that a person has put somewhere against its likeness is held to where it
 * came from: they say nothing of how like the two communities are. (One case that was moved had torn a cause in two,
 * since its links were a third of those that left the smaller half.) Of 60 moves of one case among 67 written texts 12 tore a cause
 * with those links and 6 without them, of 60 among 164 five and one, of 40 in the simulated company two and none.
 */
export function withoutStrangers(graph: Graph, community: Int32Array, anchor: Int32Array): Graph {
  const like = withoutAnchors(graph, community, anchor);
  const isStranger = (node: number) => like[node] !== community[node];
  const weight = graph.weight.slice();
  for (let node = 0; node < graph.nodes; node++) {
    for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++) {
      const other = graph.target[e]!;
      if (community[other] !== community[node] && (isStranger(node) || isStranger(other))) weight[e] = 0;
    }
  }
  return { ...graph, weight };
}
