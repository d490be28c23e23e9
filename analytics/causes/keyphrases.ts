import type { Corpus } from "./corpus.ts";
import { indexPhrases, type PhraseIndex } from "./phrases.ts";

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

interface CountedPhrases {
  phrases: Int32Array;
  cases: number;
}

const shown = 5;
const rankedPhrases = 60;
/** A phrase of two or three words says more than its words. */
const lengthBonus = [0, 1, 1.8, 1.9];

/**
 * What the texts of a cluster have in common and others lack: class-based TF-IDF (Grootendorst 2022) over runs of one
 * to three words, counted in cases rather than occurrences:
 *
 *     share in the cluster · ln(1 + mean phrases a cluster / cases with it) · min(3, log2(1 + lift)) · {1, 1.6, 1.9}
 *
 * A phrase that shares half of its words with a better one, or more, is left out.
 */
export function keyphrases(corpus: Corpus, members: readonly ClusterText[], clusters: number): Keyphrases {
  const index = indexPhrases(corpus, members);
  const byCluster = Array.from({ length: clusters }, (): CountedPhrases[] => []);
  members.forEach(({ cluster, cases }, member) =>
    byCluster[cluster]?.push({ cases, phrases: index.ofText[member]! }),
  );

  const everywhere = new Float64Array(index.length.length);
  let cases = 0;
  members.forEach(({ cases: count }, member) => {
    cases += count;
    for (const phrase of index.ofText[member]!) everywhere[phrase]! += count;
  });
  const background = {
    cases,
    everywhere,
    mean: everywhere.reduce((sum, count) => sum + count, 0) / clusters,
  };
  const ranked = byCluster.map((texts) => rankPhrases(index, texts, background));
  const surfaces = commonSurfaces(index, members, ranked);
  const written = (phrases: readonly number[]) => phrases.map((phrase) => surfaces.get(phrase) ?? "");
  const containedIn = new Int32Array(index.length.length).fill(-1); // by phrase: the last member that contains it
  return {
    ofCluster: ranked.map((phrases) => written(distinct(index, phrases))),
    ofMember: members.map(({ cluster }, member) => {
      for (const phrase of index.ofText[member]!) containedIn[phrase] = member;
      const own = (ranked[cluster] ?? []).filter((phrase) => containedIn[phrase] === member);
      return written(distinct(index, own));
    }),
  };
}

/** The phrases of one cluster, best first. */
function rankPhrases(
  index: PhraseIndex,
  texts: readonly CountedPhrases[],
  background: { cases: number; everywhere: Float64Array; mean: number },
): number[] {
  const counts = new Map<number, number>();
  let size = 0;
  for (const { phrases, cases } of texts) {
    size += cases;
    for (const phrase of phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + cases);
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

/** By phrase of any ranking: the words it was most often written in. */
function commonSurfaces(
  index: PhraseIndex,
  members: readonly ClusterText[],
  ranked: readonly (readonly number[])[],
): Map<number, string> {
  const wanted = new Set(ranked.flat());
  const counts = new Map<number, Map<string, number>>();
  for (const { text, cases } of members) {
    index.surfaces(text, wanted, (phrase, surface) => {
      const written = counts.get(phrase) ?? new Map<string, number>();
      written.set(surface, (written.get(surface) ?? 0) + cases);
      counts.set(phrase, written);
    });
  }
  return new Map([...counts].map(([phrase, written]) => [phrase, mostWritten(written)]));
}

function mostWritten(counts: ReadonlyMap<string, number>): string {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? "";
}
