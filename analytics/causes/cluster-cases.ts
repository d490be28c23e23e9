import type { Category } from "../case.ts";
import { assignerBytes } from "./assigner-bytes.ts";
import { fitVectors, projectCases } from "./case-vectors.ts";
import { type CategoryWords, defaultCategoryWords } from "./category-words.ts";
import { communities, resolutionFor } from "./communities.ts";
import { distinctLabels } from "./distinct-labels.ts";
import { fittingSample } from "./fitting-sample.ts";
import { freezeRun } from "./frozen-assigner.ts";
import { type Granularity, resolutionFactor } from "./granularity.ts";
import { neighbourGraph } from "./graph.ts";
import { joinByContactReason } from "./join-by-contact-reason.ts";
import { type Keyphrases, keyphrases } from "./keyphrases.ts";
import type { LouvainStart } from "./louvain.ts";
import { mergeSatellites } from "./merge-satellites.ts";
import { methodIdOf, neighbours, smallestCluster } from "./method.ts";
import { nearestNeighbours, plainMeans, type SearchMeans } from "./neighbours/nearest-neighbours.ts";
import { randomFrom } from "./random.ts";
import { type ReadCases, readCases } from "./read-cases.ts";
import { recurring } from "./recurring.ts";
import { stabilityOf } from "./stability.ts";
import { hasStructure } from "./structure.ts";
import { suggestCategories } from "./suggest-categories.ts";
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
}

export interface Assignment {
  /** Index in `clusters`; -1 = unassigned. */
  cluster: number;
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
  /** Where it was asked for: what assigns further cases, as `parseAssigner` reads it. */
  assigner?: Uint8Array;
}

export interface ClusterOptions {
  seed: number;
  /** What words mean beside the texts at hand; a language that it does not know is clustered by its own words alone. */
  wordVectors: WordVectors;
  /** Who searches for similar cases, and with what; without it this thread, in JavaScript. The result is the same. */
  means?: SearchMeans;
  /** Called as each stage begins, with the share of the time that is over, 0 … 1, as it was for some thousand cases. */
  onProgress?: (stage: string, share: number) => void;
  /**
   * The cause of each case in the run before: each begins where it was, so that causes go on under later loads. Without
   * it the run is cold, and two runs over nearly the same cases may cut them differently.
   */
  before?: ReadonlyMap<string, number>;
  /** How finely causes are told apart; "causes" unless said. */
  granularity?: Granularity;
  /** Company names: they are no cause, and appear in no label. */
  blankNames?: readonly string[];
  categoryWords?: CategoryWords;
  /** Hands out what assigns further cases: half as much time again, and up to 17 MB. */
  freezeAssigner?: boolean;
  /** By case: the category that a person has confirmed of its cause. Suggestions for the other causes learn from it. */
  confirmedCategories?: ReadonlyMap<string, Category>;
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
  const { clusterOf, added, clusterOfReason } = joinByContactReason(
    read.cases.map(({ contactReason }, index) => {
      const node = read.folded.nodeOf[index]!;
      return { hasText: node >= 0, cluster: node < 0 ? -1 : found.clusterOf[node]!, contactReason };
    }),
    found.count,
    smallestCluster,
  );
  progress("Naming the causes", 0.64);
  const named = nameClusters(read, found);
  const labels = distinctLabels([...named.ofCluster, ...added.map((reason) => [reason])]);
  progress("Suggesting categories", 0.69);
  const suggestions = suggestCategories(read, clusterOf, labels.length, {
    words: options.categoryWords ?? defaultCategoryWords,
    confirmed: options.confirmedCategories ?? new Map(),
  });

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
    };
  });
  const rank = new Int32Array(order.length);
  order.forEach((cluster, place) => {
    rank[cluster] = place;
  });
  const assign = assigner({ read, found, named, clusterOf, rank });
  const assignments = new Map(read.cases.map(({ caseId }, index) => [caseId, assign(index)]));
  const ranked = (numbers: Int32Array) => numbers.map((cluster) => rank[cluster] ?? -1);
  const frozen = () => {
    progress("Preparing for later cases", 0.7);
    return assignerBytes(
      freezeRun(read, options, {
        clusterOf: ranked(found.clusterOf),
        communityOf: ranked(found.communityOf),
        clusterOfReason: new Map([...clusterOfReason].map(([reason, cluster]) => [reason, rank[cluster]!])),
        keyphrases: clusters.map((cluster) => cluster.keyphrases),
      }),
    );
  };
  const handedOut = options.freezeAssigner === true && { assigner: frozen() };
  progress("Done", 1);
  const methodId = methodIdOf(options.granularity ?? "causes");
  return { methodId, seed: options.seed, clusters, assignments, ...handedOut };
}

type FoundClusters = TextClusters & {
  /** By cluster: how surely it would be found again. */
  stability: (number | null)[];
  /** By node: the cluster that its community became, also where the node itself was left out of it; -1: it became none. */
  communityOf: Int32Array;
};

function clusterTexts(
  read: ReadCases,
  { seed, wordVectors, before, means = plainMeans, granularity = "causes" }: ClusterOptions,
  progress: (stage: string, share: number) => void,
): FoundClusters {
  const { corpus, fields, folded } = read;
  const random = randomFrom(seed);
  progress("Looking whether cases are alike at all", 0.04);
  if (!hasStructure(corpus, folded.speaker, { wordVectors, keyOf: (text) => read.cases[text]!.caseId }))
    return {
      ...noClusters(folded.speaker.length),
      stability: [],
      communityOf: new Int32Array(folded.speaker.length).fill(-1),
    };
  progress("Comparing words", 0.2);
  const fitted = fittingSample(corpus, folded.speaker, (text) => read.cases[text]!.caseId);
  const texts = folded.speaker;
  const valuesOfNodes = fields.map((values) => Array.from(texts, (text) => values[text] ?? null));
  const model = fitVectors(corpus, { fitted, wordVectors, fields: valuesOfNodes });
  const vectors = projectCases(corpus, model, { texts, wordVectors, fields: valuesOfNodes });
  progress("Finding similar cases", 0.42);
  const graph = neighbourGraph(nearestNeighbours(vectors, neighbours, seed, means));
  progress("Grouping", 0.5);
  const cutting = { gamma: resolutionFactor[granularity] * resolutionFor(graph), team: means.team };
  const start = before && startFrom(read, before);
  const found = communities(graph, random, { ...cutting, start });
  const causes = before === undefined ? mergeSatellites(graph, found) : found; // what readers know as two causes stays two
  const clusters = textClusters(
    vectors,
    recurring(graph, causes, folded.cases),
    folded.cases,
    smallestCluster,
  );
  const became = new Map(
    Array.from(clusters.clusterOf, (cluster, node) => [causes[node]!, cluster] as const).filter(
      ([, cluster]) => cluster >= 0,
    ),
  );
  return {
    ...clusters,
    stability: stabilityOf(graph, clusters.clusterOf, clusters.count, cutting),
    communityOf: causes.map((label) => became.get(label) ?? -1),
  };
}

function startFrom({ cases, folded }: ReadCases, before: ReadonlyMap<string, number>): LouvainStart {
  const free = new Int32Array(folded.speaker.length).fill(-1);
  const community = free.slice();
  folded.nodeOf.forEach((node, index) => {
    if (node >= 0 && community[node]! < 0) community[node] = before.get(cases[index]!.caseId) ?? -1;
  });
  return { community, anchor: free };
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

/** A function that says of each case where it belongs and why. */
function assigner(source: {
  read: ReadCases;
  found: TextClusters;
  named: Keyphrases;
  clusterOf: Int32Array;
  rank: Int32Array;
}): (index: number) => Assignment {
  const { read, found, named, clusterOf, rank } = source;
  return (index) => {
    const node = read.folded.nodeOf[index]!;
    const cluster = clusterOf[index]!;
    if (cluster < 0) {
      const known = node >= 0 || read.cases[index]!.contactReason !== null;
      const unassignedBecause = known ? "few_alike" : "nothing_known";
      return { cluster: -1, similarity: null, basis: null, terms: [], unassignedBecause };
    }
    return {
      cluster: rank[cluster]!,
      similarity: node < 0 ? null : found.similarity[node]!,
      basis: node < 0 ? "contact_reason" : "text",
      terms: node < 0 ? [] : named.ofMember[node]!,
      unassignedBecause: null,
    };
  };
}
