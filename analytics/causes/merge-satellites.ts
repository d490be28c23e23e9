import { type Graph, weightedDegrees } from "./graph.ts";
import { graphOfCommunities } from "./graph-of-communities.ts";

/** Of the links that leave a satellite, this share goes to one other community. */
const leastShareOfLeaving = 2 / 3;
/** And between the two lies at least half of the weight that chance would put there, given their sizes. */
const leastLift = 0.5;

/**
 * Puts together what a fine resolution cut apart. A community is a satellite of a larger one where two thirds of the
 * links that leave it go there, as those of one cause told in two ways do; a cause among several related ones has links
 * to all of them. The surest satellite joins first and the links are counted anew, until there is none.
 * Measured as V-measure before and after: a simulated company with 18 causes .91 -> .97; 77 kinds of bank questions
 * .67 -> .67 (nothing to merge); bank complaints .54 -> .54.
 *
 * @param community by node: 0 … communities-1.
 * @param anchor by node: the cause that a person says it belongs to, or -1; communities of two causes never join.
 * @returns by node: its community, under the number of the largest part.
 */
export function mergeSatellites(graph: Graph, community: Int32Array, anchor?: Int32Array): Int32Array {
  const count = community.reduce((most, number) => Math.max(most, number + 1), 0);
  const parts = graphOfCommunities(graph, community, count);
  const homeOf = Int32Array.from({ length: count }, (_, part) => part);
  const causeOf = new Int32Array(count).fill(-1);
  anchor?.forEach((cause, node) => {
    if (cause >= 0) causeOf[community[node]!] = cause;
  });
  for (;;) {
    const found = surestSatellite(graphOfCommunities(parts, homeOf, count), causeOf);
    if (found === null) return community.map((part) => homeOf[part]!);
    causeOf[found.of] = Math.max(causeOf[found.of]!, causeOf[found.satellite]!); // at most one of them has a cause, or it is the same
    homeOf.forEach((home, part) => {
      if (home === found.satellite) homeOf[part] = found.of;
    });
  }
}

/** The satellite with the greatest share of its leaving links in one direction; of equals the lowest number. */
function surestSatellite(graph: Graph, causeOf: Int32Array): { satellite: number; of: number } | null {
  const degrees = weightedDegrees(graph);
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  let surest: { satellite: number; of: number } | null = null;
  let greatest = leastShareOfLeaving;
  for (let node = 0; node < graph.nodes; node++) {
    const leaving = degrees[node]! - graph.inner[node]!;
    for (let e = graph.start[node]!; e < graph.start[node + 1]!; e++) {
      const other = graph.target[e]!;
      if (degrees[other]! < degrees[node]! || (degrees[other] === degrees[node] && other > node)) continue;
      if (causeOf[node]! >= 0 && causeOf[other]! >= 0 && causeOf[node] !== causeOf[other]) continue;
      const lift = (graph.weight[e]! * total) / (degrees[node]! * degrees[other]!);
      const share = graph.weight[e]! / leaving;
      if (lift < leastLift || share < greatest || (share === greatest && surest !== null)) continue;
      surest = { satellite: node, of: other };
      greatest = share;
    }
  }
  return surest;
}
