import type { ShortRows } from "./short-rows.ts";
import { stableHash } from "./stable-hash.ts";
import { type UnitVectors, unit } from "./unit-vectors.ts";

/**
 * Distinct texts of a finished run, sorted by cell, so that a search runs over whole stretches of memory:
 *
 *     cellStart     cell c owns the members cellStart[c] … cellStart[c + 1] - 1
 *     vectors       by member, `stride` numbers each
 *     cluster       by member: its cluster; -1: the run found that it fits none
 *     clusterAlone  the same as these members alone say it: whether it recurs among them, not among all texts of the run
 *     caseIds       by member: the case that speaks for it and its copies
 *
 * The cell of a member is its cluster; one of no cluster lies in the cell whose centre is nearest.
 */
export interface FrozenMembers {
  stride: number;
  cellStart: Int32Array;
  vectors: ShortRows;
  cluster: Int32Array;
  clusterAlone: Int32Array;
  caseIds: string[];
}

/** More are thinned out, which bounds the bytes and the time of a search. */
const mostMembers = 10_000;
/** So many of a cluster stay however much is thinned out. */
const fewestOfCluster = 15;

/** @param found by row of the vectors */
export function freezeMembers(
  vectors: UnitVectors,
  found: Pick<FrozenMembers, "cluster" | "clusterAlone"> & { caseIds: readonly string[] },
): FrozenMembers {
  const { stride } = vectors;
  const { cluster, clusterAlone, caseIds } = found;
  const cells = 1 + cluster.reduce((most, number) => Math.max(most, number), 0);
  const centres = centresOfClusters(vectors, cluster, cells);
  const order = Array.from(cluster, (number, row) => ({
    row,
    cell: number < 0 ? nearestCentre(vectors, row, centres) : number,
  }));
  order.sort((a, b) => a.cell - b.cell || a.row - b.row);
  const cellStart = new Int32Array(cells + 1);
  const values = new Int8Array(order.length * stride);
  order.forEach(({ row, cell }, member) => {
    cellStart[cell + 1] = member + 1;
    values.set(vectors.values.subarray(row * stride, (row + 1) * stride), member * stride);
  });
  for (let cell = 1; cell <= cells; cell++)
    cellStart[cell] = Math.max(cellStart[cell]!, cellStart[cell - 1]!);
  return {
    stride,
    cellStart,
    vectors: { values, scale: new Float32Array(order.length).fill(1 / unit) },
    cluster: Int32Array.from(order, ({ row }) => cluster[row]!),
    clusterAlone: Int32Array.from(order, ({ row }) => clusterAlone[row]!),
    caseIds: order.map(({ row }) => caseIds[row]!),
  };
}

/** The nodes that stay, ascending: the same share of each community, by a hash of their ids. */
export function thinnedOut(
  nodes: readonly number[],
  communityOf: Int32Array,
  caseIdOf: (node: number) => string,
): number[] {
  const share = mostMembers / nodes.length;
  if (share >= 1) return [...nodes];
  const byCommunity = Map.groupBy(nodes, (node) => communityOf[node]!);
  const kept = [...byCommunity].flatMap(([community, listed]) => {
    const wanted = Math.max(community < 0 ? 0 : fewestOfCluster, Math.round(share * listed.length));
    const ranked = listed.map((node) => ({ node, hash: stableHash(caseIdOf(node)) }));
    ranked.sort((a, b) => a.hash - b.hash || a.node - b.node);
    return ranked.slice(0, wanted).map(({ node }) => node);
  });
  return kept.sort((a, b) => a - b);
}

function centresOfClusters(
  { values, stride }: UnitVectors,
  clusterOf: Int32Array,
  cells: number,
): Float32Array {
  const centres = new Float32Array(cells * stride);
  clusterOf.forEach((cluster, node) => {
    if (cluster < 0) return;
    for (let d = 0; d < stride; d++) centres[cluster * stride + d]! += values[node * stride + d]!;
  });
  return centres;
}

/** By the cosine but for the length of the row, which is the same for all centres. */
function nearestCentre({ values, stride }: UnitVectors, row: number, centres: Float32Array): number {
  let [nearest, best] = [0, Number.NEGATIVE_INFINITY];
  for (let cell = 0; cell < centres.length / stride; cell++) {
    let [product, squares] = [0, 0];
    for (let d = 0; d < stride; d++) {
      const x = centres[cell * stride + d]!;
      product += x * values[row * stride + d]!;
      squares += x * x;
    }
    const cosine = product / Math.sqrt(squares || 1);
    if (cosine > best) [nearest, best] = [cell, cosine];
  }
  return nearest;
}
