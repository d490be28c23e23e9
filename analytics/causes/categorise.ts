import { type Category, categories } from "../case.ts";
import type { CategoryWords } from "./category-words.ts";
import { type Corpus, stemOfWord } from "./corpus.ts";

/** The first guess of a cluster's category. */
export interface Suggestion {
  /** `null`: mixed, or too little to tell by. */
  category: Category | null;
  /** How far the listed words agree on the leading category, shrunk towards 1/3: 1/3 … 1, also where nothing is said. */
  confidence: number;
  /** The listed words that made it and those against it, strongest first; or why there is none. */
  reason: string;
}

/** What some cases say. */
export interface ClusterDocument {
  /** Their stem ids; made when they are asked for, since those of all documents at once would fill the memory. */
  stems: () => readonly number[];
  /** What the fields of its cases hold: "contact reason: Delivery". */
  fields: readonly string[];
  /** How many cases say it. */
  cases: number;
  /** Their cluster, or -1; what unassigned cases say is part of what is usual. */
  cluster: number;
}

/** Cases with a word, by stem. */
type Counts = Map<number, number>;

/** A listed word that sets a cluster apart. */
interface Witness {
  stem: number;
  kind: number;
  weight: number;
}

const leastConfidence = 0.6;
/** A listed word counts where it stands in this many times the share of the cases elsewhere. */
const leastLift = 1.5;
/** So many cases of a cluster, and so large a share of them, must contain a word that counts. */
const leastSpeaking = 5;
const leastSpeakingShare = 0.3;
/** The prior weighs as much as one word. */
const priorWords = 1;
const wordsShown = 4;

/**
 * A category for each cluster, by the listed words that set it apart from the other cases. A word weighs its share of
 * the cluster's cases times log2 of its lift over the rest, so that what everybody writes ("refund", "please explain")
 * says nothing. The confidence is the leading category's share p of the weights, shrunk towards 1/3 as if one more
 * word spoke for each category alike:
 *
 *     (n · p + 1/3) / (n + 1), with n the effective number of words (Σ weight)² / Σ weight² (inverse Simpson)
 *
 * Words are the witnesses, not cases: three hundred cases with one and the same word are one witness. Nothing is
 * learned from the cases: self-training was sure of its own echo (measured in analytics/CHANGES.md).
 */
export function categorise(
  corpus: Corpus,
  documents: readonly ClusterDocument[],
  clusters: number,
  words: CategoryWords,
): Suggestion[] {
  const kindOf = listedCategories(corpus, words);
  const surfaces = commonWords(corpus);
  const byCluster = Array.from({ length: clusters }, (): ClusterDocument[] => []);
  for (const document of documents) byCluster[document.cluster]?.push(document);
  const everywhere = casesWithListed(documents, kindOf);
  const all = caseCount(documents);
  return byCluster.map((members) => {
    const witnesses = witnessesOf(members, kindOf, { everywhere, all });
    const spoken = new Set(witnesses.map(({ stem }) => stem));
    const speaking = caseCount(members.filter((member) => member.stems().some((stem) => spoken.has(stem))));
    const { leading, confidence } = agreementOf(witnesses);
    if (speaking < Math.max(leastSpeaking, leastSpeakingShare * caseCount(members))) {
      return {
        category: null,
        confidence,
        reason: "too few of its cases contain a listed word that others lack",
      };
    }
    const shown = (list: readonly Witness[]) =>
      list
        .slice(0, wordsShown)
        .map(({ stem }) => surfaces[stem]!)
        .join(", ");
    if (confidence < leastConfidence) {
      return { category: null, confidence, reason: `mixed; strongest words: ${shown(witnesses)}` };
    }
    const against = witnesses.filter(({ kind }) => kind !== leading);
    const listed = `listed: ${shown(witnesses.filter(({ kind }) => kind === leading))}`;
    return {
      category: categories[leading]!,
      confidence,
      reason: against.length === 0 ? listed : `${listed}; against: ${shown(against)}`,
    };
  });
}

/** The listed words that set the members apart from all other cases, strongest first. */
function witnessesOf(
  members: readonly ClusterDocument[],
  kindOf: Int8Array,
  { everywhere, all }: { everywhere: Counts; all: number },
): Witness[] {
  const size = caseCount(members);
  const witnesses: Witness[] = [];
  for (const [stem, count] of casesWithListed(members, kindOf)) {
    const inside = count / size;
    const outside = ((everywhere.get(stem) ?? 0) - count + 0.5) / (all - size + 1);
    const lift = inside / outside;
    if (lift >= leastLift) witnesses.push({ stem, kind: kindOf[stem]!, weight: inside * Math.log2(lift) });
  }
  return witnesses.sort((a, b) => b.weight - a.weight || a.stem - b.stem);
}

function agreementOf(witnesses: readonly Witness[]): { leading: number; confidence: number } {
  const weights = categories.map(() => 0);
  let squares = 0;
  for (const { kind, weight } of witnesses) {
    weights[kind]! += weight;
    squares += weight ** 2;
  }
  const prior = 1 / categories.length;
  if (squares === 0) return { leading: -1, confidence: prior };
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const greatest = Math.max(...weights);
  const effectiveWords = total ** 2 / squares;
  return {
    leading: weights.indexOf(greatest),
    confidence: (effectiveWords * (greatest / total) + priorWords * prior) / (effectiveWords + priorWords),
  };
}

function casesWithListed(documents: readonly ClusterDocument[], kindOf: Int8Array): Counts {
  const counts: Counts = new Map();
  for (const document of documents) {
    for (const stem of new Set(document.stems())) {
      if (kindOf[stem]! >= 0) counts.set(stem, (counts.get(stem) ?? 0) + document.cases);
    }
  }
  return counts;
}

function caseCount(documents: readonly ClusterDocument[]): number {
  return documents.reduce((sum, { cases }) => sum + cases, 0);
}

/** By stem: the category whose list has a word of that stem; -1 for none, or for more than one. */
function listedCategories(corpus: Corpus, words: CategoryWords): Int8Array {
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
export function commonWords(corpus: Corpus): string[] {
  const counts = new Int32Array(corpus.words.length);
  for (const word of corpus.tokens) counts[word]!++;
  const best = new Int32Array(corpus.stems.length).fill(-1);
  corpus.stemOf.forEach((stem, word) => {
    if (stem >= 0 && (best[stem]! < 0 || counts[word]! > counts[best[stem]!]!)) best[stem] = word;
  });
  return Array.from(best, (word) => corpus.words[word] ?? "");
}
