import { availableParallelism } from "node:os";
import { group as groupBy, median } from "d3-array";
import type { RunStart } from "#analytics/causes/anchors.ts";
import { assignCases } from "#analytics/causes/assign-cases.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import { type CaseText, type Clustering, clusterCases } from "#analytics/causes/cluster-cases.ts";
import { loadKernels } from "#analytics/causes/load-kernels.ts";
import { matchClusters } from "#analytics/causes/match-clusters.ts";
import { stableHash } from "#analytics/causes/stable-hash.ts";
import { openTeam } from "#analytics/causes/team-of-threads.ts";
import { agreement } from "#test/support/agreement-metrics.ts";
import { wordVectors } from "#test/support/word-vectors.ts";
import { type LabelledCase, type LabelledSet, labelledSets } from "./labelled-cases.ts";
import { madeUpCases } from "./made-up-cases.ts";
import { scikitClusters } from "./scikit.ts";
import { unseenCauses } from "./unseen-causes.ts";

// How well the causes that are found agree with people's, beside scikit-learn *given the true number of groups*, in one
// run; medians of three seeds. `npm run bench:causes`; CASES names the size of the made-up set (default 100,000).
const seeds = [1, 2, 3];
const team = openTeam(Math.min(4, availableParallelism()));
const means = { team, simd: loadKernels() };
const columns = ["cases", "V", "ARI", "BCubed", "groups", "unassigned", "seconds"] as const;
type Row = Record<(typeof columns)[number], number>;

if (labelledSets().length === 0)
  console.log("The sets with people's labels are not here: made-up cases alone.");
print("", Object.fromEntries(columns.map((column) => [column, column])));
for (const set of labelledSets()) await compare(set);
const cases = [...madeUpCases(Number(process.env["CASES"] ?? 100_000), { withCauses: true, seed: 1 })];
await compare({ name: `made up, 60 words, 227 causes`, cases, blankNames: [] });
const noise = [...madeUpCases(10_000, { withCauses: false, seed: 2 })];
print("words without causes: ours", rowOf(noise, cluster({ name: "", cases: noise, blankNames: [] }, 1)));
team.close();
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

async function compare(set: LabelledSet): Promise<void> {
  const runs = seeds.slice(0, set.cases.length > 50_000 ? 1 : seeds.length).map((seed) => cluster(set, seed));
  print(`${set.name}: ours`, medians(runs.map((run) => rowOf(set.cases, run))));
  const scikit = await scikitClusters(set.cases, 1);
  if (scikit === null) console.log("  scikit-learn is not here (Debian: python3-sklearn)");
  else {
    const found = agreement(
      set.cases.map(({ truth }) => truth),
      scikit.labels,
    );
    print(`  scikit-learn ${scikit.version}`, {
      ...figures(found),
      cases: set.cases.length,
      unassigned: 0,
      seconds: scikit.seconds,
    });
  }
  const [one, two] = runs;
  if (one === undefined || two === undefined) return;
  const again = agreement(groupsOf(set.cases, one.clustering), groupsOf(set.cases, two.clustering));
  const early = cluster({ ...set, cases: set.cases.filter((_, index) => index % 5 !== 4) }, 1);
  const before = assignedOf(early.clustering);
  const warm = cluster(set, 1, { before });
  print("  begun from the causes of four fifths", rowOf(set.cases, warm));
  comparePinned(set, one.clustering);
  console.log(
    `  another seed: ARI ${again.ari.toFixed(3)}; keep their cause after 25 % more cases: ` +
      `${(100 * keptShare(before, warm.clustering)).toFixed(1)} %, cold ${(100 * keptShare(before, one.clustering)).toFixed(1)} %`,
  );
  const halves = seeds.map((seed) => laterHalf(set, seed));
  print("  later half by the vote of the first", medians(halves.map(({ voted }) => voted)));
  print("  the same cases in runs over all", medians(runs.map((run) => rowOf(laterCases(set), run))));
  const [{ bytes } = { bytes: 0 }] = halves;
  console.log(`  the assigner of the first half: ${(bytes / 1e6).toFixed(1)} MB`);
  printUnseenCauses(set);
}

/** Every second case, since a file may be sorted by what its cases are. */
function laterCases({ cases: all }: LabelledSet) {
  return all.filter((_, index) => index % 2 === 1);
}

/** The later half, assigned by what a run over the first has found. */
function laterHalf(set: LabelledSet, seed: number): { voted: Row; bytes: number } {
  const first = set.cases.filter((_, index) => index % 2 === 0);
  const later = laterCases(set);
  const { run, bytes, found, seconds } = votes({ ...set, cases: first }, later, seed);
  const assignments = new Map(found.map((item) => [item.caseId, item]));
  return { voted: rowOf(later, { clustering: { ...run, assignments }, seconds }), bytes };
}

/** Later cases, by the vote of those of a run over the cases of the set. */
function votes({ cases: first, blankNames }: LabelledSet, later: readonly CaseText[], seed: number) {
  const run = clusterCases(first, { seed, wordVectors, blankNames, means, freezeAssigner: true });
  const bytes = run.assigner ?? new Uint8Array();
  const assigner = parseAssigner(bytes);
  if (assigner === null) throw new Error("The run handed out an assigner of another version.");
  const start = performance.now();
  const found = assignCases(assigner, later, { wordVectors });
  return { run, bytes: bytes.length, found, seconds: (performance.now() - start) / 1000 };
}

function printUnseenCauses(set: LabelledSet): void {
  const emergingOf = (first: LabelledCase[], later: LabelledCase[]) =>
    new Set(
      votes({ ...set, cases: first }, later, 1).found.flatMap(({ caseId, unassignedBecause }) =>
        unassignedBecause === "few_alike" ? [caseId] : [],
      ),
    );
  const { cases: count, unseen, seen } = unseenCauses(set, emergingOf);
  console.log(
    `  later cases that are emerging: ${(100 * unseen).toFixed(0)} % of causes that the run had not seen ` +
      `(${count.toFixed(0)} cases), ${(100 * seen).toFixed(0)} % of those that it had`,
  );
}

/** What a person's word on some cases does for those that nobody spoke of: the same cases with and without the pins. */
function comparePinned(set: LabelledSet, without: Clustering): void {
  for (const pins of [3, 10]) {
    const { anchors, unpinned } = pinned(set.cases, pins);
    const truth = unpinned.map((item) => item.truth);
    const { clustering } = cluster(set, 1, { anchors });
    const [before, after] = [without, clustering].map((run) => agreement(truth, groupsOf(unpinned, run)));
    console.log(
      `  ${pins} pins a cause: ARI on the ${unpinned.length} unpinned cases ` +
        `${before?.ari.toFixed(3)} -> ${after?.ari.toFixed(3)}, V ${before?.v.toFixed(3)} -> ${after?.v.toFixed(3)}`,
    );
  }
}

/** The first cases of each cause by a hash of their ids, with their cause as a number; causes of fewer have no pins. */
function pinned(asked: readonly LabelledCase[], pins: number) {
  const byCause = groupBy(asked, ({ truth }) => truth);
  const anchors = new Map<string, number>();
  [...byCause.values()].forEach((members, cause) => {
    if (members.length < 2 * pins) return;
    const ranked = members.toSorted((a, b) => stableHash(a.caseId) - stableHash(b.caseId));
    for (const { caseId } of ranked.slice(0, pins)) anchors.set(caseId, cause);
  });
  return { anchors, unpinned: asked.filter(({ caseId }) => !anchors.has(caseId)) };
}

/** By case id: the number of its group. */
type Grouping = Pick<Clustering, "clusters"> & { assignments: ReadonlyMap<string, { cluster: number }> };

interface Run<Found = Clustering> {
  clustering: Found;
  seconds: number;
}

function cluster({ cases: asked, blankNames }: LabelledSet, seed: number, begin: RunStart = {}): Run {
  const start = performance.now();
  const clustering = clusterCases(asked, { seed, wordVectors, blankNames, means, ...begin });
  return { clustering, seconds: (performance.now() - start) / 1000 };
}

/** An unassigned case is a group of its own. */
function groupsOf(asked: readonly CaseText[], { assignments }: Grouping): (number | string)[] {
  return asked.map(({ caseId }) => {
    const found = assignments.get(caseId)?.cluster ?? -1;
    return found < 0 ? caseId : found;
  });
}

function rowOf(
  asked: readonly (CaseText & { truth: string })[],
  { clustering, seconds }: Run<Grouping>,
): Row {
  const groups = groupsOf(asked, clustering);
  return {
    ...figures(
      agreement(
        asked.map(({ truth }) => truth),
        groups,
      ),
    ),
    groups: clustering.clusters.length,
    cases: asked.length,
    unassigned: groups.filter((group) => typeof group === "string").length,
    seconds,
  };
}

function figures({ v, ari, bcubed, groups }: ReturnType<typeof agreement>) {
  return { V: v, ARI: ari, BCubed: bcubed, groups };
}

function medians(rows: readonly Row[]): Row {
  return Object.fromEntries(
    columns.map((column) => [column, median(rows, (row) => row[column]) ?? Number.NaN]),
  ) as Row; // of all columns
}

function assignedOf({ assignments }: Clustering): Map<string, number> {
  return new Map(
    [...assignments].flatMap(([id, { cluster: found }]) => (found < 0 ? [] : [[id, found] as const])),
  );
}

/** Of the cases with a cause in both runs: those whose cause has the same id. */
function keptShare(before: ReadonlyMap<string, number>, after: Clustering): number {
  const now = assignedOf(after);
  const { continues } = matchClusters(before, now);
  const shared = [...before].filter(([id]) => now.has(id));
  return shared.filter(([id, was]) => continues.get(now.get(id) ?? -1) === was).length / shared.length;
}

function print(name: string, row: Partial<Record<(typeof columns)[number], number | string>>): void {
  const cell = (column: (typeof columns)[number]) => {
    const value = row[column] ?? "";
    if (typeof value === "string") return value;
    return Number.isInteger(value) ? String(value) : value.toFixed(column === "seconds" ? 1 : 3);
  };
  console.log(name.padEnd(42) + columns.map((column) => cell(column).padStart(11)).join(""));
}
