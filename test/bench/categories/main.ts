import { type Category, categories } from "#analytics/case.ts";
import { defaultCategoryWords } from "#analytics/causes/category-words.ts";
import { clusterCases } from "#analytics/causes/cluster-cases.ts";
import { randomFrom, shuffledIndices } from "#analytics/causes/random.ts";
import { type ReadCases, readCases } from "#analytics/causes/read-cases.ts";
import { suggestCategories } from "#analytics/causes/suggest-categories.ts";
import { wordVectors } from "#test/support/word-vectors.ts";
import { type CategorisedSet, categorisedSets } from "./categorised-cases.ts";

// How right the suggested categories are, before and after people have confirmed some causes; measured on the causes
// that were *not* confirmed. A case counts as right where its cause's suggestion is the case's own category; none is
// wrong. `node bin/fixtwice.js --run test/bench/categories/main.ts`
interface Clustered {
  read: ReadCases;
  clusterOf: Int32Array;
  clusters: number;
  truth: (Category | null)[];
  /** By cluster: the category of most of its cases; `null`: it has none whose category is known. */
  majority: (Category | null)[];
}

class Score {
  cases = 0;
  right = 0;
  causesSaid = 0;
  causesRight = 0;
  causes = 0;
  readonly kinds = categories.map(() => ({ hit: 0, said: 0, there: 0 }));

  add(set: Clustered, said: readonly (Category | null)[], tested: ReadonlySet<number>): void {
    for (const cluster of tested) {
      this.causes++;
      if (said[cluster] === null) continue;
      this.causesSaid++;
      if (said[cluster] === set.majority[cluster]) this.causesRight++;
    }
    set.truth.forEach((truth, index) => {
      const cluster = set.clusterOf[index]!;
      if (truth === null || !tested.has(cluster)) return;
      const guess = said[cluster] ?? null;
      this.cases++;
      if (guess === truth) this.right++;
      categories.forEach((category, kind) => {
        const count = this.kinds[kind]!;
        if (guess === category) count.said++;
        if (truth === category) count.there++;
        if (guess === category && truth === category) count.hit++;
      });
    });
  }

  text(): string {
    const f1 = this.kinds.map(({ hit, said, there }) =>
      said + there === 0 ? 0 : (2 * hit) / (said + there),
    );
    const macro = f1.reduce((sum, one) => sum + one, 0) / f1.length;
    return (
      `accuracy ${(this.right / this.cases).toFixed(3)}  macro-F1 ${macro.toFixed(3)}  ` +
      `causes right ${this.causesRight} of ${this.causesSaid} said, of ${this.causes}  (n = ${this.cases} cases)`
    );
  }
}

for (const set of categorisedSets()) measure(set.name, clustered(set));

function clustered({ cases, blankNames }: CategorisedSet): Clustered {
  const { assignments, clusters } = clusterCases(cases, { seed: 1, wordVectors, blankNames });
  const read = readCases(cases, blankNames);
  const categoryOf = new Map(cases.map(({ caseId, category }) => [caseId, category]));
  const truth = read.cases.map(({ caseId }) => categoryOf.get(caseId) ?? null);
  const clusterOf = Int32Array.from(read.cases, ({ caseId }) => assignments.get(caseId)?.cluster ?? -1);
  const majority = clusters.map((_, cluster) => {
    const counts = categories.map(
      (category) => truth.filter((one, i) => one === category && clusterOf[i] === cluster).length,
    );
    const most = Math.max(...counts);
    return most === 0 ? null : categories[counts.indexOf(most)]!;
  });
  return { read, clusterOf, clusters: clusters.length, truth, majority };
}

function measure(name: string, set: Clustered): void {
  const known = set.majority.flatMap((category, cluster) => (category === null ? [] : [cluster]));
  const plans = {
    "half of the causes confirmed, five draws": [1, 2, 3, 4, 5].map((seed) => {
      const order = shuffledIndices(known.length, randomFrom(seed));
      return Array.from(order.subarray(0, known.length >> 1), (place) => known[place]!);
    }),
    "all but one confirmed, each left out": known.map((left) => known.filter((cluster) => cluster !== left)),
  };
  const listed = suggest(set, []);
  for (const [plan, draws] of Object.entries(plans)) {
    const scores = { majority: new Score(), "word lists": new Score(), learned: new Score() };
    for (const taught of draws) {
      const tested = new Set(known.filter((cluster) => !taught.includes(cluster)));
      const frequent = mostFrequent(taught.map((cluster) => set.majority[cluster]!));
      scores.majority.add(
        set,
        set.majority.map(() => frequent),
        tested,
      );
      scores["word lists"].add(set, listed, tested);
      scores.learned.add(set, suggest(set, taught), tested);
    }
    console.log(`${name}: ${plan}`);
    for (const [method, score] of Object.entries(scores))
      console.log(`  ${method.padEnd(12)}${score.text()}`);
  }
}

function suggest(set: Clustered, taught: readonly number[]): (Category | null)[] {
  const confirmed = new Map(
    set.read.cases.flatMap(({ caseId }, index) => {
      const cluster = set.clusterOf[index]!;
      return taught.includes(cluster) ? [[caseId, set.majority[cluster]!] as const] : [];
    }),
  );
  return suggestCategories(set.read, set.clusterOf, set.clusters, {
    words: defaultCategoryWords,
    confirmed,
  }).map(({ category }) => category);
}

function mostFrequent(values: readonly Category[]): Category {
  const counts = categories.map((category) => values.filter((value) => value === category).length);
  return categories[counts.indexOf(Math.max(...counts))]!;
}
