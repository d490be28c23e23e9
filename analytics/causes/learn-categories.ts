import { type Category, categories } from "../case.ts";
import type { ClusterDocument, Suggestion } from "./categorise.ts";
import { type CauseProfile, causeProfiles, likeness, stemOfFeature } from "./cause-profiles.ts";
import { type Classifier, logisticRegression } from "./logistic-regression.ts";

const leastConfidence = 0.6;
/** Below these there is too little to learn from. */
const leastCases = 30;
const leastSpoken = 5;
/** Of the confirmed causes that it speaks of, each left out in turn: so many must be right. */
const leastRight = 0.8;
/** The cost rises with the square. */
const mostTaught = 200;
const folds = 40;
const featuresShown = 4;

export interface LearningMaterial {
  documents: readonly ClusterDocument[];
  /** By cluster: what a person has confirmed, `null` where nobody has. */
  confirmed: readonly (Category | null)[];
  /** By stem: the word it is most often written as. */
  wordOf: readonly string[];
}

/** A confirmed cluster. */
interface Taught {
  cluster: number;
  kind: number;
}

/** Causes that were left out in turn: of how many something was said, and how often that was right. */
interface LeftOut {
  spoken: number;
  right: number;
}

/**
 * Suggestions for clusters of which the word lists say nothing, learned from those that a person has confirmed:
 * logistic regression on what their cases say and carry, one example a cause, since three hundred cases of one cause
 * are one lesson. It is believed only where it proves itself on the confirmed causes, each left out in turn: it must
 * speak of five or more of them and be right in four of five. Its confidence is never above that record, taken as
 * (right + 1) / (spoken + 2). What the lists suggest, and what a person has confirmed, stays as it is.
 *
 * Measured in docs/decisions/011-categories.md, as is why nothing is learned without a confirmation.
 */
export function learnCategories(
  suggestions: readonly Suggestion[],
  { documents, confirmed, wordOf }: LearningMaterial,
): Suggestion[] {
  const taught = taughtClusters(documents, confirmed);
  if (taught === null) return [...suggestions];
  const profiles = causeProfiles(documents, suggestions.length);
  const cosines = cosinesOf(taught, profiles);
  const record = leftOutRecord(taught, cosines);
  if (record.spoken < leastSpoken || record.right < leastRight * record.spoken) return [...suggestions];
  const classifier = train(taught, cosines);
  return suggestions.map((suggestion, cluster) => {
    if (suggestion.category !== null || confirmed[cluster] != null) return suggestion;
    const own = taught.map((one) => likeness(profiles[cluster]!, profiles[one.cluster]!));
    const { kind, probability } = leading(classifier.probabilities(own));
    if (probability < leastConfidence) return suggestion;
    const signs = speakingFeatures(profiles[cluster]!, { taught, profiles, classifier, kind });
    return {
      category: categories[kind]!,
      confidence: Math.min(probability, (record.right + 1) / (record.spoken + 2)),
      reason:
        `learned from ${taught.length} confirmed causes (of ${record.spoken} left out in turn ` +
        `${record.right} right): ${signs.map((feature) => featureText(feature, wordOf)).join(", ")}`,
    };
  });
}

/** The confirmed clusters, the largest first; `null` where they are too few, or of one category. */
function taughtClusters(
  documents: readonly ClusterDocument[],
  confirmed: readonly (Category | null)[],
): Taught[] | null {
  const sizes = confirmed.map(() => 0);
  for (const { cluster, cases } of documents) if (cluster >= 0) sizes[cluster]! += cases;
  const taught = confirmed
    .flatMap((category, cluster) =>
      category === null ? [] : [{ cluster, kind: categories.indexOf(category) }],
    )
    .sort((a, b) => sizes[b.cluster]! - sizes[a.cluster]! || a.cluster - b.cluster)
    .slice(0, mostTaught);
  const cases = taught.reduce((sum, { cluster }) => sum + sizes[cluster]!, 0);
  const kinds = new Set(taught.map(({ kind }) => kind)).size;
  return taught.length >= leastSpoken && cases >= leastCases && kinds >= 2 ? taught : null;
}

function cosinesOf(taught: readonly Taught[], profiles: readonly CauseProfile[]): Float64Array[] {
  return taught.map((one) =>
    Float64Array.from(taught, (other) => likeness(profiles[one.cluster]!, profiles[other.cluster]!)),
  );
}

function train(taught: readonly Taught[], cosines: readonly ArrayLike<number>[]): Classifier {
  const labels = taught.map(({ kind }) => kind);
  return logisticRegression(cosines, labels, categories.length);
}

/** How it does on confirmed causes that it was not shown: each alone up to 40, above that in 40 parts. */
function leftOutRecord(taught: readonly Taught[], cosines: readonly Float64Array[]): LeftOut {
  const record = { spoken: 0, right: 0 };
  const places = taught.map((_, place) => place);
  for (let fold = 0; fold < Math.min(folds, taught.length); fold++) {
    const kept = places.filter((place) => place % folds !== fold);
    const among = (row: Float64Array) => kept.map((place) => row[place]!);
    const classifier = train(
      kept.map((place) => taught[place]!),
      kept.map((place) => among(cosines[place]!)),
    );
    for (const place of places.filter((one) => one % folds === fold)) {
      const { kind, probability } = leading(classifier.probabilities(among(cosines[place]!)));
      if (probability < leastConfidence) continue;
      record.spoken++;
      if (kind === taught[place]!.kind) record.right++;
    }
  }
  return record;
}

function leading(probabilities: readonly number[]): { kind: number; probability: number } {
  const probability = Math.max(...probabilities);
  return { kind: probabilities.indexOf(probability), probability };
}

/** What of a cluster speaks most for the category, against the mean of all. */
function speakingFeatures(
  profile: CauseProfile,
  {
    taught,
    profiles,
    classifier: { coefficients },
    kind,
  }: { taught: readonly Taught[]; profiles: readonly CauseProfile[]; classifier: Classifier; kind: number },
): string[] {
  const over = taught.map(
    (_, i) =>
      coefficients[kind]![i]! - coefficients.reduce((sum, of) => sum + of[i]!, 0) / coefficients.length,
  );
  return [...profile]
    .map(([feature, weight]) => ({
      feature,
      speaks: taught.reduce(
        (sum, { cluster }, i) => sum + over[i]! * (profiles[cluster]!.get(feature) ?? 0) * weight,
        0,
      ),
    }))
    .filter(({ speaks }) => speaks > 0)
    .sort((a, b) => b.speaks - a.speaks || (a.feature < b.feature ? -1 : 1))
    .slice(0, featuresShown)
    .map(({ feature }) => feature);
}

function featureText(feature: string, wordOf: readonly string[]): string {
  const stem = stemOfFeature(feature);
  return stem === null ? feature : (wordOf[stem] ?? "");
}
