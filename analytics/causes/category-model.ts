import { categories } from "../case.ts";

/** What one text says, as stem ids, and how many cases say it. */
export interface Document {
  stems: readonly number[];
  cases: number;
}

export interface CategoryModel {
  /** The probability of each category, in the order of `categories`; thirds where nothing is known. */
  probabilities: (stems: readonly number[]) => number[];
  /** How much a stem speaks for a category: ln of its share there over its mean share in the others. */
  leaning: (stem: number, category: number) => number;
}

const rounds = 5;
const smoothing = 0.3;
/** A longer text counts as this many words: words of one text are not independent witnesses. */
const effectiveLength = 20;
const kinds = categories.length;

/**
 * Learns which words go with which category from a list of seed words alone: texts with seed words are labelled by
 * them, a naive-Bayes model is trained on these soft labels, labels all texts, and is trained again, five times
 * (self-training, Nigam et al. 2000); a text with seed words keeps half of its label by them. Equal priors: a large
 * category must not swallow what is unclear.
 *
 * @param seedOf by stem: the index of its category, -1 for all others.
 */
export function trainCategoryModel(documents: readonly Document[], seedOf: Int8Array): CategoryModel {
  const rarity = rarityOf(documents, seedOf.length);
  const bySeeds = documents.map(({ stems }) => seedLabel(stems, seedOf, rarity));
  let model = trained(documents, bySeeds, seedOf.length);
  for (let round = 0; round < rounds; round++) {
    const labels = documents.map(({ stems }, index) => {
      const learned = model.probabilities(stems);
      const seeds = bySeeds[index];
      return seeds == null ? learned : learned.map((share, kind) => (share + seeds[kind]!) / 2);
    });
    model = trained(documents, labels, seedOf.length);
  }
  return model;
}

/** Shares of the seed words of each category, a rare one counting more, or `null` for a text without any. */
function seedLabel(stems: readonly number[], seedOf: Int8Array, rarity: Float64Array): number[] | null {
  const counts = categories.map(() => 0.1);
  let seeds = 0;
  for (const stem of stems) {
    const kind = seedOf[stem]!;
    if (kind < 0) continue;
    counts[kind]! += rarity[stem]!;
    seeds++;
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  return seeds === 0 ? null : counts.map((count) => count / sum);
}

/** By stem: ln(cases / cases with it); a word that most cases contain tells them apart no more. */
function rarityOf(documents: readonly Document[], stemCount: number): Float64Array {
  const casesWith = new Float64Array(stemCount);
  let all = 0;
  for (const { stems, cases } of documents) {
    all += cases;
    for (const stem of new Set(stems)) casesWith[stem]! += cases;
  }
  return casesWith.map((count) => (count === 0 ? 0 : Math.log((1 + all) / count)));
}

function trained(
  documents: readonly Document[],
  labels: readonly (readonly number[] | null)[],
  stemCount: number,
): CategoryModel {
  const weights = new Float64Array(kinds * stemCount).fill(smoothing); // [category * stemCount + stem]
  const totals = categories.map(() => smoothing * stemCount);
  documents.forEach(({ stems, cases }, index) => {
    const label = labels[index];
    if (label == null) return;
    label.forEach((share, kind) => {
      for (const stem of stems) weights[kind * stemCount + stem]! += share * cases;
      totals[kind]! += share * cases * stems.length;
    });
  });
  const shareOf = (stem: number, kind: number) => weights[kind * stemCount + stem]! / totals[kind]!;
  return {
    probabilities: (stems) => {
      const damping = Math.min(1, effectiveLength / Math.max(1, stems.length));
      const scores = categories.map((_, kind) => {
        let score = 0;
        for (const stem of stems) score += Math.log(shareOf(stem, kind));
        return score * damping;
      });
      const best = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - best));
      const sum = odds.reduce((total, value) => total + value, 0);
      return odds.map((value) => value / sum);
    },
    leaning: (stem, category) => {
      const others = categories.reduce(
        (sum, _, kind) => (kind === category ? sum : sum + shareOf(stem, kind)),
        0,
      );
      return Math.log((shareOf(stem, category) * (kinds - 1)) / others);
    },
  };
}
