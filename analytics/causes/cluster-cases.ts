import type { Category } from "../case.ts";
import type { RunStart } from "./anchors.ts";
import { assignerBytes } from "./assigner-bytes.ts";
import { type CategoryWords, defaultCategoryWords } from "./category-words.ts";
import { clusterTexts, type FoundClusters } from "./cluster-texts.ts";
import { distinctLabels } from "./distinct-labels.ts";
import type { Embeddings } from "./embeddings.ts";
import { freezeRun } from "./frozen-assigner.ts";
import type { Granularity } from "./granularity.ts";
import { joinByContactReason } from "./join-by-contact-reason.ts";
import { type Keyphrases, keyphrases } from "./keyphrases.ts";
import { methodIdOf, smallestCluster } from "./method.ts";
import { type ReadCases, readCases } from "./read-cases.ts";
import { suggestCategories } from "./suggest-categories.ts";
import type { Means } from "./team.ts";
import type { TextClusters } from "./text-clusters.ts";
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
  /** Where it was asked for: what assigns further cases, as `parseAssigner` reads it. */
  assigner?: Uint8Array;
}

export interface ClusterOptions extends RunStart {
  seed: number;
  /** What words mean beside the texts at hand; a language that it does not know is clustered by its own words alone. */
  wordVectors: WordVectors;
  /** What a sentence model makes of the texts; without it, and with `null`, they are compared by their words alone. */
  embeddings?: Embeddings | null;
  /** Who does the heavy work, and with what; without it this thread, in JavaScript. The result is the same. */
  means?: Means;
  /** Called as each stage begins, with the share of the time that is over, 0 … 1, as it was for some thousand cases. */
  onProgress?: (stage: string, share: number) => void;
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
 * in which the cases come. Measured up to 1,000,000 cases of 60 words: 163 s of two threads, 1.9 GB.
 *
 * Copies are folded, texts become vectors, each is joined to its ten nearest, and communities of that graph are the
 * clusters, but for what does not recur; where texts fall into no groups at all, none are made. Cases without text follow
 * their contact reason; then each cluster gets a name and a suggested category.
 *
 * @throws Error where a case id occurs twice.
 */
export function clusterCases(cases: readonly CaseText[], options: ClusterOptions): Clustering {
  options.onProgress?.(readingTexts, 0);
  return clusterRead(readCases(cases, options.blankNames ?? []), options);
}

/** What a run calls its first stage. */
export const readingTexts = "Reading the texts";

/** The same of cases that have been read, with the blank names of the options taken out. */
export function clusterRead(read: ReadCases, options: ClusterOptions): Clustering {
  const progress = options.onProgress ?? (() => {});
  const found = clusterTexts(read, options, progress);
  const { clusterOf, added, clusterOfReason } = joinByContactReason(
    read.cases.map(({ contactReason }, index) => {
      const node = read.folded.nodeOf[index]!;
      return { hasText: node >= 0, cluster: node < 0 ? -1 : found.clusterOf[node]!, contactReason };
    }),
    found.count,
    smallestCluster,
  );
  progress("Naming the causes", 0.47);
  const named = nameClusters(read, found);
  const labels = distinctLabels([...named.ofCluster, ...added.map((reason) => [reason])]);
  progress("Suggesting categories", 0.51);
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
      anchor: found.anchor[cluster] ?? null,
    };
  });
  const rank = new Int32Array(order.length);
  order.forEach((cluster, place) => {
    rank[cluster] = place;
  });
  const assign = assigner({ read, found, named, clusterOf, rank, anchors: options.anchors });
  const assignments = new Map(read.cases.map(({ caseId }, index) => [caseId, assign(index)]));
  const ranked = (numbers: Int32Array) => numbers.map((cluster) => rank[cluster] ?? -1);
  const frozen = () => {
    progress("Preparing for later cases", 0.52);
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
  const methodId = methodIdOf(options.granularity ?? "causes", options.embeddings?.embedder ?? null);
  return { methodId, seed: options.seed, clusters, assignments, ...handedOut };
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
