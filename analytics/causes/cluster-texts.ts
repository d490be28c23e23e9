import { anchorsOfClusters, startOfRun, withoutAnchors, withoutStrangers } from "./anchors.ts";
import { fitVectors, projectCases } from "./case-vectors.ts";
import type { ClusterOptions } from "./cluster-cases.ts";
import { communities, resolutionFor } from "./communities.ts";
import { embeddingsOfTexts } from "./embeddings.ts";
import { fittingSample } from "./fitting-sample.ts";
import { resolutionFactor } from "./granularity.ts";
import { neighbourGraph } from "./graph.ts";
import { heldTogether } from "./held-together.ts";
import { mergeSatellites } from "./merge-satellites.ts";
import { neighbours } from "./method.ts";
import { nearestNeighbours } from "./neighbours/nearest-neighbours.ts";
import { randomFrom } from "./random.ts";
import type { ReadCases } from "./read-cases.ts";
import { recurring } from "./recurring.ts";
import { stabilityOf } from "./stability.ts";
import { hasStructure } from "./structure.ts";
import { plainMeans } from "./team.ts";
import { noClusters, type TextClusters, textClusters } from "./text-clusters.ts";

export interface FoundClusters extends TextClusters {
  /** By cluster: how surely it would be found again. */
  stability: (number | null)[];
  /** By cluster: the cause that its anchored texts belong to. */
  anchor: (number | null)[];
  /** By node: its cluster if it had no anchor. */
  unanchored: Int32Array;
  /** By node: the cluster that its community became, also where the node itself was left out of it; -1: it became none. */
  communityOf: Int32Array;
}

/** The clusters of those cases that have a text; a node is a distinct text of `read.folded`. */
export function clusterTexts(
  read: ReadCases,
  { seed, wordVectors, means = plainMeans, granularity = "causes", ...given }: ClusterOptions,
  progress: (stage: string, share: number) => void,
): FoundClusters {
  const { corpus, fields, folded } = read;
  const random = randomFrom(seed);
  const { anchor, community } = startOfRun(read, given);
  progress("Looking whether cases are alike at all", 0.04);
  const keyOf = (text: number) => read.cases[text]!.caseId;
  const areAlike = hasStructure(corpus, folded.speaker, { wordVectors, keyOf, means });
  if (!areAlike && anchor.every((cause) => cause < 0)) return nothingFound(folded.speaker.length);
  progress("Comparing words", 0.2);
  const texts = folded.speaker;
  const valuesOfNodes = fields.map((values) => Array.from(texts, (text) => values[text] ?? null));
  const embeddings = embeddingsOfTexts(read, given.embeddings ?? null);
  const source = { wordVectors, fields: valuesOfNodes, embeddings, means };
  const model = fitVectors(corpus, { ...source, fitted: fittingSample(corpus, texts, keyOf) });
  const vectors = projectCases(corpus, model, { ...source, texts });
  progress("Finding similar cases", 0.39);
  const graph = neighbourGraph(nearestNeighbours(vectors, neighbours, seed, means));
  progress("Grouping", 0.41);
  const cutting = { gamma: resolutionFactor[granularity] * resolutionFor(graph), team: means.team };
  const start = { anchor, community };
  const isWarm = given.before !== undefined && given.cold !== true;
  const together = communities(isWarm ? heldTogether(graph, start) : graph, random, { ...cutting, start });
  // What readers know as two causes stays two.
  const causes = isWarm
    ? together
    : mergeSatellites(withoutStrangers(graph, together, anchor), together, anchor);
  const clusters = textClusters(
    vectors,
    areAlike ? recurring(graph, causes, folded.cases, anchor) : anchor,
    folded.cases,
    anchor,
  );
  return {
    ...clusters,
    stability: stabilityOf(graph, clusters.clusterOf, clusters.count, cutting),
    anchor: anchorsOfClusters(clusters.clusterOf, anchor, clusters.count),
    unanchored: withoutAnchors(graph, clusters.clusterOf, anchor),
    communityOf: clustersOfCommunities(causes, clusters.clusterOf),
  };
}

function clustersOfCommunities(community: Int32Array, clusterOf: Int32Array): Int32Array {
  const became = new Map<number, number>();
  clusterOf.forEach((cluster, node) => {
    if (cluster >= 0) became.set(community[node]!, cluster);
  });
  return community.map((label) => became.get(label) ?? -1);
}

function nothingFound(nodes: number): FoundClusters {
  const none = noClusters(nodes);
  return { ...none, stability: [], anchor: [], unanchored: none.clusterOf, communityOf: none.clusterOf };
}
