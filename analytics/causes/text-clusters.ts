import { smallestCluster } from "./method.ts";
import { scaleToUnit, type UnitVectors, unit } from "./unit-vectors.ts";

/** Clusters of nodes, numbered 0 … count-1 by their first node. */
export interface TextClusters {
  count: number;
  /** By node: its cluster, or -1 where too few cases are alike. */
  clusterOf: Int32Array;
  /** By node: cosine with the centre of its cluster; NaN where it has none. */
  similarity: Float32Array;
  /** By cluster: the node most like all the others (its medoid: the greatest sum of cosines with them). */
  medoid: Int32Array;
}

/** Of nodes that fall into no groups. */
export function noClusters(nodes: number): TextClusters {
  return {
    count: 0,
    clusterOf: new Int32Array(nodes).fill(-1),
    similarity: new Float32Array(nodes).fill(Number.NaN),
    medoid: new Int32Array(0),
  };
}

/**
 * Communities that stand for three cases or more become clusters, and any with a node that a person has anchored; the
 * centre is the mean over cases. A node of community -1 has none.
 */
export function textClusters(
  vectors: UnitVectors,
  community: Int32Array,
  cases: Int32Array,
  anchor: Int32Array,
): TextClusters {
  const casesIn = new Map<number, number>();
  const spokenOf = new Set(community.filter((_, node) => anchor[node]! >= 0));
  community.forEach((label, node) => casesIn.set(label, (casesIn.get(label) ?? 0) + cases[node]!));
  const numbers = new Map<number, number>();
  const clusterOf = community.map((label) => {
    const isCause = spokenOf.has(label) || (casesIn.get(label) ?? 0) >= smallestCluster;
    if (label < 0 || !isCause) return -1;
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  });
  const centres = centresOf(vectors, clusterOf, cases, numbers.size);
  const similarity = new Float32Array(vectors.rows).fill(NaN);
  const medoid = new Int32Array(numbers.size).fill(-1);
  clusterOf.forEach((cluster, node) => {
    if (cluster < 0) return;
    let cosine = 0;
    for (let d = 0; d < vectors.stride; d++) {
      cosine += centres[cluster * vectors.stride + d]! * vectors.values[node * vectors.stride + d]!;
    }
    similarity[node] = Math.min(1, cosine / unit);
    const best = medoid[cluster]!;
    if (best < 0 || similarity[node] > similarity[best]!) medoid[cluster] = node;
  });
  return { count: numbers.size, clusterOf, similarity, medoid };
}

/** One unit vector a cluster, with the stride of the vectors. */
function centresOf(
  { values, stride }: UnitVectors,
  clusterOf: Int32Array,
  cases: Int32Array,
  count: number,
): Float32Array {
  const centres = new Float32Array(count * stride);
  clusterOf.forEach((cluster, node) => {
    if (cluster < 0) return;
    for (let d = 0; d < stride; d++)
      centres[cluster * stride + d]! += cases[node]! * values[node * stride + d]!;
  });
  for (let cluster = 0; cluster < count; cluster++) scaleToUnit(centres, cluster * stride, stride);
  return centres;
}
