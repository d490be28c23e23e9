import { type Category, categories } from "../case.ts";
import { type ClusterDocument, categorise, commonWords, type Suggestion } from "./categorise.ts";
import type { CategoryWords } from "./category-words.ts";
import type { CaseText } from "./cluster-cases.ts";
import { stemsOfText } from "./corpus.ts";
import { learnCategories } from "./learn-categories.ts";
import type { ReadCases } from "./read-cases.ts";

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
  const documents = new Map<string, ClusterDocument>();
  cases.forEach((item, index) => {
    const node = folded.nodeOf[index]!;
    const cluster = clusterOf[index]!;
    const fields = fieldFeatures(item);
    const key = JSON.stringify([node, cluster, ...fields]);
    const known = documents.get(key);
    if (known !== undefined) {
      known.cases++;
      return;
    }
    const reason = reasonText.get(item.contactReason ?? "");
    const stems = [
      ...(node < 0 ? [] : stemsOfText(corpus, folded.speaker[node]!)),
      ...(reason === undefined ? [] : stemsOfText(corpus, reason)),
    ];
    documents.set(key, { stems, fields, cases: 1, cluster });
  });
  return [...documents.values()];
}

function fieldFeatures({ contactReason, fields }: CaseText): string[] {
  return Object.entries({ "contact reason": contactReason, ...fields })
    .flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
    .sort();
}
