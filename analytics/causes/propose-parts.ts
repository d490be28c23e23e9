import { fitVectors, projectCases } from "./case-vectors.ts";
import type { CaseText } from "./cluster-cases.ts";
import { neighbourGraph } from "./graph.ts";
import { keyphrases } from "./keyphrases.ts";
import { louvain } from "./louvain.ts";
import { neighbours } from "./method.ts";
import { nearestNeighbours } from "./neighbours/nearest-neighbours.ts";
import { randomFrom } from "./random.ts";
import { readCases } from "./read-cases.ts";
import { textClusters } from "./text-clusters.ts";
import type { UnitVectors } from "./unit-vectors.ts";
import type { WordVectors } from "./word-vectors.ts";

/** Some cases of one cause that are more like each other than like the rest of it. */
export interface CausePart {
  caseIds: string[];
  /** Up to five phrases that set it apart from the other parts, best first. */
  keyphrases: string[];
  /** The case most like all others of the part. */
  exemplarCaseId: string;
}

/** Few enough to be read one after the other. */
const mostParts = 6;
const seed = 1;

/**
 * Parts of one cause, at most six and the largest first, for a person to choose among; none where its texts do not fall
 * into two. Cases without a text are in no part, nor are those of a part of less than three.
 *
 * The cause's texts alone are compared, so that what all of them say counts for nothing; communities of their graph (at
 * resolution 1) are joined by Ward's rule (1963) until six are left. Measured on causes that this engine finds and that
 * hold two kinds of people's labels, as the share of cases that lie in a part of mostly their own kind: 31 causes of bank
 * questions, .61 if left whole, .88 (four parts .85, two .80; six of k-means .86, joined by their links instead .81); 12
 * of bank complaints .60, .70 (.70, .67; .73, .71). Planted causes of sentences from one mould, .50, are .97 in six parts
 * and .80 in four: fewer parts put together what has nothing in common.
 */
export function proposeParts(
  cases: readonly CaseText[],
  { wordVectors, blankNames = [] }: { wordVectors: WordVectors; blankNames?: readonly string[] },
): CausePart[] {
  const read = readCases(cases, blankNames);
  const { corpus, folded } = read;
  const texts = folded.speaker;
  const fields = read.fields.map((values) => Array.from(texts, (text) => values[text] ?? null));
  const model = fitVectors(corpus, { fitted: texts, wordVectors, fields });
  const vectors = projectCases(corpus, model, { texts, wordVectors, fields });
  const graph = neighbourGraph(nearestNeighbours(vectors, neighbours, seed));
  const joined = joinByWard(vectors, louvain(graph, 1, randomFrom(seed)), mostParts);
  const nobody = new Int32Array(texts.length).fill(-1);
  const { count, clusterOf, medoid } = textClusters(vectors, joined, folded.cases, nobody);
  if (count < 2) return [];
  const members = Array.from(texts, (text, node) => ({
    text,
    cluster: clusterOf[node]!,
    cases: folded.cases[node]!,
  }));
  const phrases = keyphrases(corpus, members, count).ofCluster;
  const parts = phrases.map(
    (own, part): CausePart => ({
      caseIds: read.cases
        .filter((_, index) => clusterOf[folded.nodeOf[index]!] === part)
        .map((item) => item.caseId),
      keyphrases: own,
      exemplarCaseId: read.cases[texts[medoid[part]!]!]!.caseId,
    }),
  );
  return parts.sort((a, b) => b.caseIds.length - a.caseIds.length);
}

/**
 * Joins communities two at a time, those first whose union adds least to the squared distances of the rows from their
 * means, until `most` are left. Returns the community of each row, under the number of the lower part. Cost: a square
 * of the communities for each that is joined; there are some ten.
 */
function joinByWard({ rows, stride, values }: UnitVectors, community: Int32Array, most: number): Int32Array {
  const count = community.reduce((highest, number) => Math.max(highest, number + 1), 0);
  const sizes = new Float64Array(count);
  const sums = Array.from({ length: count }, () => new Float64Array(stride));
  for (let row = 0; row < rows; row++) {
    sizes[community[row]!]!++;
    const sum = sums[community[row]!]!;
    for (let d = 0; d < stride; d++) sum[d]! += values[row * stride + d]!;
  }
  const added = (one: number, two: number): number => {
    let squares = 0;
    for (let d = 0; d < stride; d++)
      squares += (sums[one]![d]! / sizes[one]! - sums[two]![d]! / sizes[two]!) ** 2;
    return (squares * sizes[one]! * sizes[two]!) / (sizes[one]! + sizes[two]!);
  };
  const homeOf = Int32Array.from({ length: count }, (_, part) => part);
  let left = [...homeOf];
  while (left.length > most) {
    const pairs = left.flatMap((one) => left.filter((two) => two > one).map((two) => ({ one, two })));
    const nearest = pairs.reduce((best, pair) =>
      added(pair.one, pair.two) < added(best.one, best.two) ? pair : best,
    );
    sizes[nearest.one]! += sizes[nearest.two]!;
    for (let d = 0; d < stride; d++) sums[nearest.one]![d]! += sums[nearest.two]![d]!;
    homeOf.forEach((home, part) => {
      if (home === nearest.two) homeOf[part] = nearest.one;
    });
    left = left.filter((part) => part !== nearest.two);
  }
  return community.map((part) => homeOf[part]!);
}
