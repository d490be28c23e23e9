import type { Category } from "../case.ts";
import { anchorsOfClusters, type RunStart, startOfRun, withoutAnchors, withoutStrangers } from "./anchors.ts";
import { caseVectors } from "./case-vectors.ts";
import { type ClusterDocument, categorise } from "./categorise.ts";
import { type CategoryWords, defaultCategoryWords } from "./category-words.ts";
import { communities } from "./communities.ts";
import { stemsOfText } from "./corpus.ts";
import { distinctLabels } from "./distinct-labels.ts";
import { fittingSample } from "./fitting-sample.ts";
import { neighbourGraph } from "./graph.ts";
import { joinByContactReason } from "./join-by-contact-reason.ts";
import { type Keyphrases, keyphrases } from "./keyphrases.ts";
import { mergeSatellites } from "./merge-satellites.ts";
import { methodId, neighbours, smallestCluster } from "./method.ts";
import { nearestNeighbours } from "./nearest-neighbours.ts";
import { randomFrom } from "./random.ts";
import { type ReadCases, readCases } from "./read-cases.ts";
import { recurring } from "./recurring.ts";
import { stabilityOf } from "./stability.ts";
import { hasStructure } from "./structure.ts";
import { noClusters, type TextClusters, textClusters } from "./text-clusters.ts";
import type { WordVectors } from "./word-vectors.ts";

/** What the engine reads of a case. */
export interface CaseText {
  caseId: string;
  /** Title and narrative; `null` where there is none. */
  text: string | null;
  contactReason: string | null;
  /** Further names that cases may share (product, channel, …); a field that is absent from a case is unknown. */
  fields: Readonly<Record<string, string | null>>;
}

/** A group of cases that recur for what looks like one cause. */
export interface Cluster {
  /** Cases, with and without a text. */
  size: number;
  /** Up to five phrases that set it apart, best first; none for a cluster without texts. */
  keyphrases: string[];
  /** Its first two keyphrases, or its contact reason. */
  label: string;
  /** The case most like all others of the cluster. */
  exemplarCaseId: string;
  basis: "text" | "contact_reason";
  /** A suggestion; `null` where it is mixed or nothing tells. */
  category: Category | null;
  /** How far the listed words agree on it, 1/3 … 1 ({@link categorise}). */
  categoryConfidence: number;
  categoryReason: string;
  /** How surely trials from scratch find it again, 0 … 1; `null` for a cluster of a contact reason. */
  stability: number | null;
  /** The cause that people say its anchored cases belong to; `null` where it has none. No two clusters have the same. */
  anchor: number | null;
}

export interface Assignment {
  /** Index in `clusters`; -1 = unassigned. Of an anchored case with a text: where its anchor is. */
  cluster: number;
  /** The same if nobody had said where the case belongs: for an anchored one, where most of its like are. */
  unanchored: number;
  /** Cosine with the centre of the cluster, -1 … 1; `null` unless it joined by its text. */
  similarity: number | null;
  basis: "text" | "contact_reason" | null;
  /** Up to five phrases of the cluster that the case itself contains. */
  terms: string[];
  /** `few_alike`: too few cases are like it, or not enough (emerging). `nothing_known`: neither text nor contact reason. */
  unassignedBecause: "few_alike" | "nothing_known" | null;
}

export interface Clustering {
  methodId: string;
  seed: number;
  /** Largest first. */
  clusters: Cluster[];
  /** By case id, in order of the ids: one entry a case. */
  assignments: Map<string, Assignment>;
}

export interface ClusterOptions {
  seed: number;
  /** What words mean beside the texts at hand; a language that it does not know is clustered by its own words alone. */
  wordVectors: WordVectors;
  /** Called as each stage begins, with the share of the work that is done, 0 … 1. */
  onProgress?: (stage: string, share: number) => void;
  /**
   * The cause of each case in the run before: each begins where it was, so that causes go on under later loads. Without
   * it the run is cold, and two runs over nearly the same cases may cut them differently.
   */
  before?: ReadonlyMap<string, number>;
  /**
   * By case: the cause that a person says it belongs to, numbered as in `before`. Such cases are together, apart from
   * those of another cause, and never left out; what is like them may follow. Of copies that contradict each other, and
   * of cases without a text, which have no like, nothing follows.
   */
  anchors?: ReadonlyMap<string, number>;
  /** Begins from nothing all the same, but for the causes that have anchors. */
  cold?: boolean;
  /** Company names: they are no cause, and appear in no label. */
  blankNames?: readonly string[];
  categoryWords?: CategoryWords;
}

/**
 * Groups cases into recurring causes. Pure: the same cases, options and method give the same result, whatever the order
 * in which the cases come. Meant for 1 to some 30,000 cases on one thread.
 *
 * Copies are folded, texts become vectors, each is joined to its ten nearest, and communities of that graph are the
 * clusters, but for what does not recur; where texts fall into no groups at all, none are made. Cases without text follow
 * their contact reason; then each cluster gets a name and a suggested category.
 *
 * @throws Error where a case id occurs twice.
 */
export function clusterCases(cases: readonly CaseText[], options: ClusterOptions): Clustering {
  const progress = options.onProgress ?? (() => {});
  progress("Reading the texts", 0);
  const read = readCases(cases, options.blankNames ?? []);
  const found = clusterTexts(read, options, progress);
  const { clusterOf, added } = joinByContactReason(
    read.cases.map(({ contactReason }, index) => {
      const node = read.folded.nodeOf[index]!;
      return { hasText: node >= 0, cluster: node < 0 ? -1 : found.clusterOf[node]!, contactReason };
    }),
    found.count,
    smallestCluster,
  );
  progress("Naming the causes", 0.8);
  const named = nameClusters(read, found);
  const labels = distinctLabels([...named.ofCluster, ...added.map((reason) => [reason])]);
  progress("Suggesting categories", 0.9);
  const documents = categoryDocuments(read, clusterOf);
  const suggestions = categorise(
    read.corpus,
    documents,
    labels.length,
    options.categoryWords ?? defaultCategoryWords,
  );
  progress("Done", 1);

  const membersOf = labels.map((): number[] => []);
  clusterOf.forEach((cluster, index) => membersOf[cluster]?.push(index));
  const order = membersOf
    .map((_, cluster) => cluster)
    .sort((a, b) => membersOf[b]!.length - membersOf[a]!.length || a - b);
  const clusters = order.map((cluster): Cluster => {
    const { category, confidence, reason } = suggestions[cluster]!;
    const isText = cluster < found.count;
    const exemplar = isText ? read.folded.speaker[found.medoid[cluster]!]! : membersOf[cluster]![0]!;
    return {
      size: membersOf[cluster]!.length,
      keyphrases: named.ofCluster[cluster] ?? [],
      label: labels[cluster]!,
      exemplarCaseId: read.cases[exemplar]!.caseId,
      basis: isText ? "text" : "contact_reason",
      category,
      categoryConfidence: confidence,
      categoryReason: reason,
      stability: found.stability[cluster] ?? null,
      anchor: found.anchor[cluster] ?? null,
    };
  });
  const rank = new Int32Array(order.length);
  order.forEach((cluster, place) => {
    rank[cluster] = place;
  });
  const assign = assigner({ read, found, named, clusterOf, rank, anchors: options.anchors });
  const assignments = new Map(read.cases.map(({ caseId }, index) => [caseId, assign(index)]));
  return { methodId, seed: options.seed, clusters, assignments };
}

interface FoundClusters extends TextClusters {
  /** By cluster: how surely it would be found again. */
  stability: (number | null)[];
  /** By cluster: the cause that its anchored texts belong to. */
  anchor: (number | null)[];
  /** By node: its cluster if it had no anchor. */
  unanchored: Int32Array;
}

function clusterTexts(
  read: ReadCases,
  { seed, wordVectors, ...given }: Pick<ClusterOptions, "seed" | "wordVectors" | keyof RunStart>,
  progress: (stage: string, share: number) => void,
): FoundClusters {
  const { corpus, fields, folded } = read;
  const random = randomFrom(seed);
  const start = startOfRun(read, given);
  progress("Looking whether cases are alike at all", 0.1);
  const keyOf = (text: number) => read.cases[text]!.caseId;
  const areAlike = hasStructure(corpus, folded.speaker, { wordVectors, keyOf });
  if (!areAlike && start.anchor.every((cause) => cause < 0)) return nothingFound(folded.speaker.length);
  progress("Comparing words", 0.2);
  const fitted = fittingSample(corpus, folded.speaker, keyOf);
  const texts = folded.speaker;
  const valuesOfNodes = fields.map((values) => Array.from(texts, (text) => values[text] ?? null));
  const vectors = caseVectors(corpus, { texts, fitted, wordVectors, fields: valuesOfNodes });
  progress("Finding similar cases", 0.4);
  const graph = neighbourGraph(nearestNeighbours(vectors, neighbours, random));
  progress("Grouping", 0.7);
  const isWarm = given.before !== undefined && given.cold !== true;
  const together = communities(graph, random, start);
  // What readers know as two causes stays two.
  const causes = isWarm
    ? together
    : mergeSatellites(withoutStrangers(graph, together, start.anchor), together, start.anchor);
  const clusters = textClusters(
    vectors,
    areAlike ? recurring(graph, causes, folded.cases, start.anchor) : start.anchor,
    folded.cases,
    start.anchor,
  );
  return {
    ...clusters,
    stability: stabilityOf(graph, clusters.clusterOf, clusters.count),
    anchor: anchorsOfClusters(clusters.clusterOf, start.anchor, clusters.count),
    unanchored: withoutAnchors(graph, clusters.clusterOf, start.anchor),
  };
}

function nothingFound(nodes: number): FoundClusters {
  const none = noClusters(nodes);
  return { ...none, stability: [], anchor: [], unanchored: none.clusterOf };
}

/** Keyphrases of the text clusters, and by node the ones that it contains itself. */
function nameClusters({ corpus, folded }: ReadCases, found: TextClusters): Keyphrases {
  const members = Array.from(folded.speaker, (text, node) => ({
    text,
    cluster: found.clusterOf[node]!,
    cases: folded.cases[node]!,
  }));
  return keyphrases(corpus, members, found.count);
}

/** What each case says, text and contact reason together; cases that say the same in one cluster are one document. */
function categoryDocuments(read: ReadCases, clusterOf: Int32Array): ClusterDocument[] {
  const { corpus, folded, cases } = read;
  const reasonText = new Map(read.contactReasons.map((reason, index) => [reason, cases.length + index]));
  const documents = new Map<string, ClusterDocument>();
  cases.forEach(({ contactReason }, index) => {
    const node = folded.nodeOf[index]!;
    const cluster = clusterOf[index]!;
    const key = JSON.stringify([node, cluster, contactReason]);
    const known = documents.get(key);
    if (known !== undefined) {
      known.cases++;
      return;
    }
    const reason = reasonText.get(contactReason ?? "");
    const stems = [
      ...(node < 0 ? [] : stemsOfText(corpus, folded.speaker[node]!)),
      ...(reason === undefined ? [] : stemsOfText(corpus, reason)),
    ];
    documents.set(key, { stems, cases: 1, cluster });
  });
  return [...documents.values()];
}

/** A function that says of each case where it belongs and why. */
function assigner(source: {
  read: ReadCases;
  found: FoundClusters;
  named: Keyphrases;
  clusterOf: Int32Array;
  rank: Int32Array;
  anchors: ReadonlyMap<string, number> | undefined;
}): (index: number) => Assignment {
  const { read, found, named, clusterOf, rank, anchors } = source;
  return (index) => {
    const node = read.folded.nodeOf[index]!;
    const cluster = clusterOf[index]!;
    if (cluster < 0) {
      const known = node >= 0 || read.cases[index]!.contactReason !== null;
      const unassignedBecause = known ? "few_alike" : "nothing_known";
      return { cluster: -1, unanchored: -1, similarity: null, basis: null, terms: [], unassignedBecause };
    }
    const isSaid = node >= 0 && anchors?.has(read.cases[index]!.caseId) === true;
    const unanchored = isSaid ? found.unanchored[node]! : cluster;
    return {
      cluster: rank[cluster]!,
      unanchored: rank[unanchored] ?? -1,
      similarity: node < 0 ? null : found.similarity[node]!,
      basis: node < 0 ? "contact_reason" : "text",
      terms: node < 0 ? [] : named.ofMember[node]!,
      unassignedBecause: null,
    };
  };
}
