import { type Category, categories } from "../case.ts";
import { type CategoryModel, type Document, trainCategoryModel } from "./category-model.ts";
import type { CategoryWords } from "./category-words.ts";
import { type Corpus, stemOfWord } from "./corpus.ts";
import { tokenise } from "./tokenise.ts";

/** The first guess of a cluster's category. */
export interface Suggestion {
  /** `null`: mixed, or nothing to tell by. */
  category: Category | null;
  /** The share of the leading category, 1/3 … 1, also where it was too low to say. */
  confidence: number;
  /** The words that made it: listed ones, then learned ones; or why there is none. */
  reason: string;
}

export interface ClusterDocument extends Document {
  /** Its cluster, or -1; unassigned texts train the model too. */
  cluster: number;
}

const leastShare = 0.6;
/** A category needs a listed word of its own in this share of the cases; what is learned alone may be an echo. */
const leastListed = 0.1;
const labelShare = 0.25;
const wordsShown = 4;

/**
 * A category for each cluster: the mean probability over its cases (three quarters) and of its label (one quarter), by
 * a model that starts from listed words ({@link trainCategoryModel}). Under a share of .6 it is mixed and stays `null`.
 *
 * @param labels by cluster.
 */
export function categorise(
  corpus: Corpus,
  documents: readonly ClusterDocument[],
  labels: readonly string[],
  words: CategoryWords,
): Suggestion[] {
  const seedOf = seedCategories(corpus, words);
  const model = trainCategoryModel(documents, seedOf);
  const surfaces = commonWords(corpus);
  const stemIds = new Map(corpus.stems.map((stem, id) => [stem, id]));
  const byCluster = labels.map((): ClusterDocument[] => []);
  for (const document of documents) byCluster[document.cluster]?.push(document);
  return byCluster.map((members, cluster) => {
    const shares = meanProbabilities(model, members);
    const label = model.probabilities(
      tokenise(labels[cluster]!).flatMap((word) => stemIds.get(stemOfWord(word) ?? "") ?? []),
    );
    const mixed = shares.map((share, kind) => (1 - labelShare) * share + labelShare * label[kind]!);
    const leading = mixed.indexOf(Math.max(...mixed));
    const telling = tellingWords(members, model, seedOf, leading);
    const listed = telling.listed.map((stem) => surfaces[stem]!);
    const learned = telling.learned.map((stem) => surfaces[stem]!);
    const confidence = mixed[leading]!;
    if (telling.listedShare < leastListed) {
      return { category: null, confidence, reason: "too few of its cases contain a listed word" };
    }
    if (confidence < leastShare) {
      return {
        category: null,
        confidence,
        reason: `mixed; strongest words: ${[...listed, ...learned].join(", ")}`,
      };
    }
    const parts = [
      `listed: ${listed.join(", ")}`,
      ...(learned.length > 0 ? [`learned: ${learned.join(", ")}`] : []),
    ];
    return { category: categories[leading]!, confidence, reason: parts.join("; ") };
  });
}

function meanProbabilities(model: CategoryModel, members: readonly ClusterDocument[]): number[] {
  const sums = categories.map(() => 0);
  let cases = 0;
  for (const member of members) {
    cases += member.cases;
    model.probabilities(member.stems).forEach((share, kind) => {
      sums[kind]! += share * member.cases;
    });
  }
  return sums.map((sum) => sum / Math.max(1, cases));
}

/** The words of the members that speak for a category: by the number of cases with them times how much they lean. */
function tellingWords(
  members: readonly ClusterDocument[],
  model: CategoryModel,
  seedOf: Int8Array,
  kind: number,
): { listed: number[]; learned: number[]; listedShare: number } {
  const casesWith = new Map<number, number>();
  let all = 0;
  let withListed = 0;
  for (const { stems, cases } of members) {
    const distinct = new Set(stems);
    all += cases;
    if (stems.some((stem) => seedOf[stem] === kind)) withListed += cases;
    for (const stem of distinct) casesWith.set(stem, (casesWith.get(stem) ?? 0) + cases);
  }
  const ranked = [...casesWith]
    .map(([stem, cases]) => ({ stem, weight: cases * model.leaning(stem, kind) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.stem - b.stem)
    .map(({ stem }) => stem);
  return {
    listed: ranked.filter((stem) => seedOf[stem] === kind).slice(0, wordsShown),
    learned: ranked.filter((stem) => seedOf[stem] === -1).slice(0, wordsShown / 2),
    listedShare: withListed / Math.max(1, all),
  };
}

/** By stem: the category whose list has a word of that stem; -1 for none, or for more than one. */
function seedCategories(corpus: Corpus, words: CategoryWords): Int8Array {
  const listedAs = new Map<string, number>();
  categories.forEach((category, kind) => {
    for (const word of words[category]) {
      const stem = stemOfWord(word.toLowerCase());
      if (stem !== null) listedAs.set(stem, (listedAs.get(stem) ?? kind) === kind ? kind : -1);
    }
  });
  return Int8Array.from(corpus.stems, (stem) => listedAs.get(stem) ?? -1);
}

/** By stem: the word it is most often written as. */
function commonWords(corpus: Corpus): string[] {
  const counts = new Int32Array(corpus.words.length);
  for (const word of corpus.tokens) counts[word]!++;
  const best = new Int32Array(corpus.stems.length).fill(-1);
  corpus.stemOf.forEach((stem, word) => {
    if (stem >= 0 && (best[stem]! < 0 || counts[word]! > counts[best[stem]!]!)) best[stem] = word;
  });
  return Array.from(best, (word) => corpus.words[word] ?? "");
}
