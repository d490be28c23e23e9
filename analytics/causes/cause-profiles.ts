import type { ClusterDocument } from "./categorise.ts";

/** What the cases of a cluster say and carry, as a vector of unit length: by feature its weight. */
export type CauseProfile = ReadonlyMap<string, number>;

const wordMark = "word ";

/** The stem's id of a feature that is a word, `null` of one that is a field's value. */
export function stemOfFeature(feature: string): number | null {
  return feature.startsWith(wordMark) ? Number(feature.slice(wordMark.length)) : null;
}

/**
 * By cluster: the share of its cases with a word, and with a value of a field, times how rare that is over all cases,
 * ln((N + 1) / (n + 1)). Fields count beside words: "contact reason: Delivery" is a feature as "courier" is.
 */
export function causeProfiles(documents: readonly ClusterDocument[], clusters: number): CauseProfile[] {
  const everywhere = new Map<string, number>();
  const within = Array.from({ length: clusters }, () => new Map<string, number>());
  let all = 0;
  for (const document of documents) {
    const { fields, cases, cluster } = document;
    all += cases;
    for (const feature of [...new Set(document.stems())].map((stem) => wordMark + stem).concat(fields)) {
      everywhere.set(feature, (everywhere.get(feature) ?? 0) + cases);
      const inside = within[cluster];
      inside?.set(feature, (inside.get(feature) ?? 0) + cases);
    }
  }
  return within.map((counts) => {
    const weights = [...counts].map(
      ([feature, count]) => [feature, count * Math.log((all + 1) / (everywhere.get(feature)! + 1))] as const,
    );
    const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight ** 2, 0)) || 1;
    return new Map(weights.map(([feature, weight]) => [feature, weight / length]));
  });
}

export function likeness(one: CauseProfile, other: CauseProfile): number {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [feature, weight] of few) sum += weight * (many.get(feature) ?? 0);
  return sum;
}
