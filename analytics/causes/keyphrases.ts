import type { Corpus } from "./corpus.ts";
import { indexPhrases, type PhraseIndex, wantedPhrases } from "./phrases.ts";

/** One text of a cluster and how many cases wrote it. */
export interface ClusterText {
  text: number;
  cluster: number;
  cases: number;
}

export interface Keyphrases {
  /** By cluster: up to five phrases that set it apart, in the form most often written. */
  ofCluster: string[][];
  /** By member, in the order given: up to five of its cluster's phrases that the text itself contains. */
  ofMember: string[][];
}

/** A text that the phrases are learned from, with the number of cases that it stands for among the learned ones. */
type LearnedText = ClusterText & { weight: number };

interface CountedPhrases {
  phrases: Int32Array;
  weight: number;
}

/** Texts of a cluster that its phrases are learned from, evenly over all of them; more name it no better. */
const learnedTexts = 300;
/** And of those in no cluster, which only say what is said everywhere. */
const learnedOutside = 2_000;

const shown = 5;
const rankedPhrases = 60;
/** A phrase of two or three words says more than its words. */
const lengthBonus = [0, 1, 1.8, 1.9];

/**
 * What the texts of a cluster have in common and others lack: class-based TF-IDF (Grootendorst 2022) over runs of one
 * to three words, counted in cases rather than occurrences, over up to 300 texts of each cluster:
 *
 *     share in the cluster · ln(1 + mean phrases a cluster / cases with it) · min(3, log2(1 + lift)) · {1, 1.6, 1.9}
 *
 * A phrase that shares half of its words with a better one, or more, is left out.
 */
export function keyphrases(corpus: Corpus, members: readonly ClusterText[], clusters: number): Keyphrases {
  const learned = learnedFrom(members);
  const index = indexPhrases(corpus, learned);
  const byCluster = Array.from({ length: clusters }, (): CountedPhrases[] => []);
  learned.forEach(({ cluster, weight }, member) =>
    byCluster[cluster]?.push({ weight, phrases: index.ofText[member]! }),
  );

  const everywhere = new Float64Array(index.length.length);
  let cases = 0;
  learned.forEach(({ weight }, member) => {
    cases += weight;
    for (const phrase of index.ofText[member]!) everywhere[phrase]! += weight;
  });
  const background = {
    cases,
    everywhere,
    mean: everywhere.reduce((sum, count) => sum + count, 0) / clusters,
  };
  const ranked = byCluster.map((texts) => rankPhrases(index, texts, background));
  const surfaces = commonSurfaces(index, learned, ranked.flat());
  const written = (phrases: readonly number[]) => phrases.map((phrase) => surfaces.get(phrase) ?? "");
  const wanted = ranked.map((phrases) => wantedPhrases(index, phrases));
  const lists = new Map<string, string[]>(); // texts that contain the same phrases share their list
  return {
    ofCluster: ranked.map((phrases) => written(distinct(index, phrases))),
    ofMember: members.map(({ text, cluster }) => {
      if (cluster < 0) return [];
      const contained = new Set<number>();
      index.places(text, wanted[cluster]!, (phrase) => contained.add(phrase));
      const phrases = distinct(
        index,
        ranked[cluster]!.filter((phrase) => contained.has(phrase)),
      );
      const key = phrases.join();
      const list = lists.get(key) ?? written(phrases);
      lists.set(key, list);
      return list;
    }),
  };
}

/** All texts of a small cluster, and evenly drawn ones of a large one, each of which then stands for several. */
function learnedFrom(members: readonly ClusterText[]): LearnedText[] {
  const sizes = new Map<number, number>();
  for (const { cluster } of members) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const seen = new Map<number, number>();
  return members.flatMap((member) => {
    const size = sizes.get(member.cluster)!;
    const most = Math.min(size, member.cluster < 0 ? learnedOutside : learnedTexts);
    const nth = seen.get(member.cluster) ?? 0;
    seen.set(member.cluster, nth + 1);
    const isDrawn = Math.floor(((nth + 1) * most) / size) > Math.floor((nth * most) / size);
    return isDrawn ? [{ ...member, weight: (member.cases * size) / most }] : [];
  });
}

/** The phrases of one cluster, best first. */
function rankPhrases(
  index: PhraseIndex,
  texts: readonly CountedPhrases[],
  background: { cases: number; everywhere: Float64Array; mean: number },
): number[] {
  const counts = new Map<number, number>();
  let size = 0;
  for (const { phrases, weight } of texts) {
    size += weight;
    for (const phrase of phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + weight);
  }
  const least = Math.min(3, Math.max(1, size * 0.1));
  const scored: { phrase: number; score: number }[] = [];
  for (const [phrase, count] of counts) {
    if (count < least) continue;
    const all = background.everywhere[phrase]!;
    const inside = count / size;
    const outside = (all - count + 0.5) / (background.cases - size + 1);
    const lift = Math.min(3, Math.log2(1 + inside / outside));
    scored.push({
      phrase,
      score: inside * Math.log(1 + background.mean / all) * lift * lengthBonus[index.length[phrase]!]!,
    });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.phrase - b.phrase)
    .slice(0, rankedPhrases)
    .map(({ phrase }) => phrase);
}

/** The first five phrases of a ranking that say something new. */
function distinct(index: PhraseIndex, ranked: readonly number[]): number[] {
  const kept: number[] = [];
  for (const phrase of ranked) {
    if (kept.length === shown) break;
    const stems = new Set(index.stems[phrase]);
    const repeats = kept.some((other) => {
      const others = new Set(index.stems[other]);
      const shared = [...stems].filter((stem) => others.has(stem)).length;
      return 2 * shared >= Math.min(stems.size, others.size);
    });
    if (!repeats) kept.push(phrase);
  }
  return kept;
}

/** By phrase: the words it was most often written in. */
function commonSurfaces(
  index: PhraseIndex,
  texts: readonly LearnedText[],
  phrases: readonly number[],
): Map<number, string> {
  const wanted = wantedPhrases(index, phrases);
  const counts = new Map<number, Map<string, number>>();
  for (const { text, weight } of texts) {
    index.places(text, wanted, (phrase, from, to) => {
      const written = counts.get(phrase) ?? new Map<string, number>();
      const surface = index.surface(from, to);
      written.set(surface, (written.get(surface) ?? 0) + weight);
      counts.set(phrase, written);
    });
  }
  return new Map([...counts].map(([phrase, written]) => [phrase, mostWritten(written)]));
}

function mostWritten(counts: ReadonlyMap<string, number>): string {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? "";
}
