import { median } from "d3-array";
import { projectCases } from "./case-vectors.ts";
import type { CaseText } from "./cluster-cases.ts";
import { communities } from "./communities.ts";
import { stemsOfText } from "./corpus.ts";
import { distinctLabels } from "./distinct-labels.ts";
import type { FrozenAssigner } from "./frozen-assigner.ts";
import { neighbourGraph } from "./graph.ts";
import { keyphrases } from "./keyphrases.ts";
import { neighbours } from "./method.ts";
import { nearestNeighbours } from "./neighbours/nearest-neighbours.ts";
import { randomFrom } from "./random.ts";
import { type ReadCases, readCases } from "./read-cases.ts";
import { type Means, plainMeans } from "./team.ts";
import { textClusters } from "./text-clusters.ts";
import type { UnitVectors } from "./unit-vectors.ts";
import type { WordVectors } from "./word-vectors.ts";

/** Emerging cases that are alike: no cause yet, and not known to recur. */
export interface EmergingGroup {
  /** Three or more, in order of their ids. */
  caseIds: string[];
  /** Up to five phrases that set it apart, best first. */
  keyphrases: string[];
  /** The first two of them; no two groups have the same. */
  label: string;
  /** The case most like all others of the group. */
  exemplarCaseId: string;
}

export interface GroupOptions {
  wordVectors: WordVectors;
  /** Other cases of the workspace, so that no group is named by what everybody says. They are in no group. */
  background?: readonly CaseText[];
  /** Who does the heavy work; the result is the same. */
  means?: Means;
}

const seed = 1;
/**
 * Of the usual number of stems in a text here: a text with fewer tells no cause ("Not happy", "Complaint about my order"). Such
 * texts are alike all the same, and were the largest groups of the simulated company.
 */
const leastShareOfUsual = 1 / 3;
/**
 * Resolution of the communities: links of too little likeness are cut already, and finer ones part what is one. Of a
 * simulated company whose run had not seen three of its causes, 112 of their 177 emerging cases lie in 9 groups at 1 and in
 * 17 at 4, each of one cause. With the level of likeness at .93 of what the assigner asks 142 do, but of 8 groups .88 of
 * the cases are of their group's cause; at .87 157, and .81.
 */
const gamma = 1;

/**
 * Gathers cases that fit none of a run's causes (`few_alike`), the largest group first. Two of them are joined where they
 * are as alike as the run's assigner asks of a case and its cause (`leastSimilarity`), and communities of that graph with
 * three cases or more are groups. They are compared as both halves of the assigner see them: the mean of the two cosines.
 * Cases without words, or with far fewer than is usual, are in no group; nor is anything where the run found no cause, and so no level of likeness.
 * Deterministic: the same cases give the same groups, whatever the order in which they come.
 *
 * @throws Error where a case id occurs twice
 */
export function emergingGroups(
  assigner: FrozenAssigner,
  cases: readonly CaseText[],
  { wordVectors, background = [], means = plainMeans }: GroupOptions,
): EmergingGroup[] {
  const { leastSimilarityOfWords: least } = assigner;
  if (least === null) return [];
  const read = readCases([...cases, ...background], assigner.blankNames, assigner.fields);
  const texts = distinctTexts(read, new Set(cases.map(({ caseId }) => caseId)));
  const vectors = asBothHalvesSee(assigner, read, { texts: texts.speaker, wordVectors, means });
  const graph = neighbourGraph(nearestNeighbours(vectors, neighbours, seed, means), least);
  const nobody = new Int32Array(vectors.rows).fill(-1);
  const found = textClusters(vectors, communities(graph, randomFrom(seed), { gamma }), texts.cases, nobody);
  const groupOf = (index: number) => found.clusterOf[texts.rowOf[index]!] ?? -1;
  const phrases = phrasesOf(read, groupOf, found.count);
  const caseIds = phrases.map((): string[] => []);
  read.cases.forEach(({ caseId }, index) => caseIds[groupOf(index)]?.push(caseId));
  const order = caseIds.map((_, group) => group);
  order.sort((a, b) => caseIds[b]!.length - caseIds[a]!.length || a - b);
  const labels = distinctLabels(order.map((group) => phrases[group]!));
  return order.map((group, place) => ({
    caseIds: caseIds[group]!,
    keyphrases: phrases[group]!,
    label: labels[place]!,
    exemplarCaseId: read.cases[texts.speaker[found.medoid[group]!]!]!.caseId,
  }));
}

interface DistinctTexts {
  /** By row: the first case with the text, and how many have it. */
  speaker: Int32Array;
  cases: Int32Array;
  /** By case: its row, or -1: it has no words or too few, or is not to be grouped. */
  rowOf: Int32Array;
}

/** The texts of the cases that are to be grouped; copies are one text. */
function distinctTexts({ cases, corpus, folded }: ReadCases, grouped: ReadonlySet<string>): DistinctTexts {
  const stems = Array.from(folded.nodeOf, (node, index) =>
    node < 0 ? 0 : stemsOfText(corpus, index).length,
  );
  const fewestStems = leastShareOfUsual * (median(stems.filter((count) => count > 0)) ?? 0);
  const rows = new Map<number, number>();
  const speaker: number[] = [];
  const counts: number[] = [];
  const rowOf = folded.nodeOf.map((node, index) => {
    if (node < 0 || stems[index]! < fewestStems || !grouped.has(cases[index]!.caseId)) return -1;
    const row = rows.get(node) ?? speaker.length;
    if (row === speaker.length) {
      rows.set(node, row);
      speaker.push(index);
      counts.push(0);
    }
    counts[row]!++;
    return row;
  });
  return { speaker: Int32Array.from(speaker), cases: Int32Array.from(counts), rowOf };
}

/** The vectors of both halves side by side, so that a cosine is the mean of theirs. */
function asBothHalvesSee(
  { halves }: FrozenAssigner,
  { corpus, fields }: ReadCases,
  { texts, wordVectors, means }: { texts: Int32Array; wordVectors: WordVectors; means: Means },
): UnitVectors {
  const valuesOfRows = fields.map((values) => Array.from(texts, (text) => values[text] ?? null));
  const source = { texts, wordVectors, means, fields: valuesOfRows };
  const [one, two] = halves.map(
    ({ model }) => projectCases(corpus, { ...model, embedding: null }, source), // by their words also where a run had a sentence model
  ) as [UnitVectors, UnitVectors]; // two halves
  const stride = one.stride + two.stride;
  const values = new Int8Array(texts.length * stride);
  for (let row = 0; row < texts.length; row++) {
    values.set(one.values.subarray(row * one.stride, (row + 1) * one.stride), row * stride);
    values.set(two.values.subarray(row * two.stride, (row + 1) * two.stride), row * stride + one.stride);
  }
  return { rows: texts.length, stride, values: values.map((value) => Math.round(value * Math.SQRT1_2)) };
}

/** By group. A copied text counts once a case. */
function phrasesOf(
  { corpus, folded }: ReadCases,
  groupOf: (index: number) => number,
  groups: number,
): string[][] {
  if (groups === 0) return [];
  const members = Array.from(folded.nodeOf.keys())
    .filter((text) => folded.nodeOf[text]! >= 0)
    .map((text) => ({ text, cluster: groupOf(text), cases: 1 }));
  return keyphrases(corpus, members, groups).ofCluster;
}
