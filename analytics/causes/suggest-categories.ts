import { type Category, categories } from "../case.ts";
import { type ClusterDocument, categorise, commonWords, type Suggestion } from "./categorise.ts";
import type { CategoryWords } from "./category-words.ts";
import { type Corpus, stemsOfText } from "./corpus.ts";
import { learnCategories } from "./learn-categories.ts";
import type { ReadCase, ReadCases } from "./read-cases.ts";

export interface KnownOfCategories {
  words: CategoryWords;
  /** By case: the category that a person has confirmed of its cause. */
  confirmed: ReadonlyMap<string, Category>;
}

/** A category for each cluster: by the listed words, and where these say nothing by what people have confirmed. */
export function suggestCategories(
  read: ReadCases,
  clusterOf: Int32Array,
  clusters: number,
  { words, confirmed }: KnownOfCategories,
): Suggestion[] {
  const documents = categoryDocuments(read, clusterOf);
  return learnCategories(categorise(read.corpus, documents, clusters, words), {
    documents,
    confirmed: confirmedClusters(read, { clusterOf, clusters, confirmed }),
    wordOf: commonWords(read.corpus),
  });
}

/** A cluster is confirmed where more than half of its cases are of causes that are, under one category. */
function confirmedClusters(
  { cases }: ReadCases,
  {
    clusterOf,
    clusters,
    confirmed,
  }: { clusterOf: Int32Array; clusters: number; confirmed: ReadonlyMap<string, Category> },
): (Category | null)[] {
  const counts = Array.from({ length: clusters }, () => categories.map(() => 0));
  const sizes = new Int32Array(clusters);
  cases.forEach(({ caseId }, index) => {
    const cluster = clusterOf[index]!;
    if (cluster < 0) return;
    sizes[cluster]!++;
    const category = confirmed.get(caseId);
    if (category !== undefined) counts[cluster]![categories.indexOf(category)]!++;
  });
  return counts.map((ofCluster, cluster) => {
    const kind = ofCluster.findIndex((count) => 2 * count > sizes[cluster]!);
    return categories[kind] ?? null;
  });
}

/** What each case says, text and contact reason together; cases that say the same in one cluster are one document. */
function categoryDocuments(read: ReadCases, clusterOf: Int32Array): ClusterDocument[] {
  const { corpus, folded, cases } = read;
  const reasonText = new Map(read.contactReasons.map((reason, index) => [reason, cases.length + index]));
  const featuresOf = fieldFeatures();
  const documents = new Map<number | string, ClusterDocument>();
  cases.forEach((item, index) => {
    const node = folded.nodeOf[index]!; // copies share their fields and their cluster too
    const cluster = clusterOf[index]!;
    const fields = featuresOf(item);
    const key = node < 0 ? JSON.stringify([cluster, ...fields]) : node;
    const known = documents.get(key);
    if (known !== undefined) {
      known.cases++;
      return;
    }
    const text = node < 0 ? -1 : folded.speaker[node]!;
    const reason = reasonText.get(item.contactReason ?? "") ?? -1;
    documents.set(key, new CategoryDocument(corpus, { text, reason, fields, cluster }));
  });
  return [...documents.values()];
}

/** Of texts of a corpus; there may be a million, so it holds their numbers and nothing of its own. */
class CategoryDocument implements ClusterDocument {
  readonly #corpus: Corpus;
  readonly #text: number;
  readonly #reason: number;
  readonly fields: readonly string[];
  readonly cluster: number;
  cases = 1;

  /** @param of text and contact reason as numbers of texts in the corpus; -1: none */
  constructor(
    corpus: Corpus,
    of: { text: number; reason: number; fields: readonly string[]; cluster: number },
  ) {
    this.#corpus = corpus;
    this.#text = of.text;
    this.#reason = of.reason;
    this.fields = of.fields;
    this.cluster = of.cluster;
  }

  stems(): number[] {
    return [this.#text, this.#reason].flatMap((text) => (text < 0 ? [] : stemsOfText(this.#corpus, text)));
  }
}

/** A function that gives the features of a case's fields; cases that share their fields share them too. */
function fieldFeatures(): (item: ReadCase) => readonly string[] {
  const known = new Map<string | null, Map<ReadCase["fields"], readonly string[]>>();
  return ({ contactReason, fields }) => {
    const ofReason = known.get(contactReason) ?? new Map<ReadCase["fields"], readonly string[]>();
    known.set(contactReason, ofReason);
    const features =
      ofReason.get(fields) ??
      Object.entries({ "contact reason": contactReason, ...fields })
        .flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
        .sort();
    ofReason.set(fields, features);
    return features;
  };
}
