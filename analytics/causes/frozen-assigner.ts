import { quantileSorted } from "d3-array";
import { fitVectors, projectCases, type VectorModel } from "./case-vectors.ts";
import type { ClusterOptions } from "./cluster-cases.ts";
import { embeddingsOfTexts, type TextEmbeddings } from "./embeddings.ts";
import { fittingSample } from "./fitting-sample.ts";
import { type FrozenMembers, freezeMembers, thinnedOut } from "./frozen-members.ts";
import { neighbourGraph } from "./graph.ts";
import { methodWith, neighbours } from "./method.ts";
import { memberSearch } from "./nearest-members.ts";
import { nearestNeighbours } from "./neighbours/nearest-neighbours.ts";
import type { ReadCases } from "./read-cases.ts";
import { recurring } from "./recurring.ts";
import { lengthened, type ShortRows, shortened } from "./short-rows.ts";
import { halfOf } from "./signatures.ts";
import { stableHash } from "./stable-hash.ts";
import { type Means, plainMeans } from "./team.ts";
import { type UnitVectors, unit } from "./unit-vectors.ts";
import type { WordVectors } from "./word-vectors.ts";

/**
 * What a finished run says of any further case, as plain data. `assignCases` applies it, `assignerBytes` stores it. It
 * never changes, so that two windows of cases that it assigns are measured by one rule.
 *
 * It is two halves. Each distinct text lies in one, by a hash of what it says, and each half has a model of its own that
 * was fitted on its texts alone: so the half that a text does not lie in has never seen it, nor a copy of it. To leave out
 * the vote of a text for itself is not enough: words and directions that were learned from it find its neighbours better
 * than those of a later case. Over 500 unchanged causes 90 % of the cases of the run were captured so, and 80 % of the later.
 */
export interface FrozenAssigner {
  /** {@link methodWith}: that of the run, with its sentence model. */
  method: string;
  blankNames: readonly string[];
  /** Names of the fields that were compared; `null`: the contact reason. */
  fields: readonly (string | null)[];
  halves: readonly [FrozenHalf, FrozenHalf];
  /**
   * A case must be as like as this to a text of some cluster, in the mean of the halves that judge it; `null`: there is none to
   * tell it by, and nothing fits.
   */
  leastSimilarity: number | null;
  /** The same level for vectors without the sentences; without a sentence model it is that one. */
  leastSimilarityOfWords: number | null;
  /** What a case without words joins, by its contact reason. */
  clusterOfReason: ReadonlyMap<string, number>;
  /** By cluster. */
  keyphrases: readonly (readonly string[])[];
}

export interface FrozenHalf {
  model: VectorModel;
  members: FrozenMembers;
}

/** What a run has found, by the numbers of its clusters. */
export interface FoundByRun extends Pick<FrozenAssigner, "clusterOfReason" | "keyphrases"> {
  /** By node: its cluster, or -1. */
  clusterOf: Int32Array;
  /** By node: the cluster that its community became, also where the node itself was left out of it; -1: it became none. */
  communityOf: Int32Array;
}

/** What is known of texts besides their own words. */
export interface Known {
  wordVectors: WordVectors;
  embeddings: TextEmbeddings | null;
}

/** So many texts tell the level within one in a hundred. */
const textsAsked = 2_000;
/**
 * One in ten of the texts with a cluster would be under it. What it costs to notice what is new: of later cases, the share
 * of causes that the run had not seen that is emerging / of those that it had (`npm run bench:causes`; a tenth of the causes held
 * out, seed 1, means of three draws):
 *
 *     level                             .05          .1           .15          .2
 *     10,003 bank questions             .22 / .04    .34 / .07    .47 / .10    .56 / .14
 *     complaints, texts alone           .00 / .02    .02 / .06    .06 / .09    .10 / .14
 *     complaints with the product       .28 / .07    .39 / .10    .47 / .14    .51 / .19
 *     patients' comments                .07 / .06    .13 / .09    .14 / .15    .21 / .20
 *     simulated company, no one-offs    .94 / .03    .97 / .08    .98 / .11    .99 / .16
 *
 * Where new causes can be told apart, .1 finds nearly all; where not, more of what is known is kept out than of what is new found.
 */
const shareUnder = 0.1;

/**
 * Cost: two fits on half of the texts each, the neighbours within each half (10,000 texts at most), and 2,000 searches; twice that
 * where there is a sentence model.
 */
export function freezeRun(
  read: ReadCases,
  {
    wordVectors,
    blankNames = [],
    means = plainMeans,
    embeddings = null,
  }: Pick<ClusterOptions, "wordVectors" | "blankNames" | "means" | "embeddings">,
  found: FoundByRun,
): FrozenAssigner {
  const nodesOf = (half: number) =>
    Array.from(found.clusterOf.keys()).filter(
      (node) => halfOf(read.signatures[read.folded.speaker[node]!]!) === half,
    );
  const frozenBy = (known: Known) => {
    const halves = [
      freezeHalf(read, nodesOf(0), { found, means, ...known }),
      freezeHalf(read, nodesOf(1), { found, means, ...known }),
    ] as const;
    const asked = [0, 1].flatMap((half) => {
      const inCluster = nodesOf(half).filter((node) => found.clusterOf[node]! >= 0);
      return similaritiesOf(read, inCluster, { half: halves[1 - half]!, means, ...known });
    });
    asked.sort((a, b) => a - b);
    return { halves, leastSimilarity: quantileSorted(asked, shareUnder) ?? null };
  };
  const frozen = frozenBy({ wordVectors, embeddings: embeddingsOfTexts(read, embeddings) });
  const byWords = embeddings === null ? frozen : frozenBy({ wordVectors, embeddings: null });
  return {
    method: methodWith(embeddings?.embedder ?? null),
    blankNames,
    fields: read.fieldNames,
    ...frozen,
    leastSimilarityOfWords: byWords.leastSimilarity,
    clusterOfReason: found.clusterOfReason,
    keyphrases: found.keyphrases,
  };
}

function freezeHalf(
  read: ReadCases,
  nodes: readonly number[],
  { found, means, ...known }: Known & { found: FoundByRun; means: Means },
): FrozenHalf {
  const { corpus, folded } = read;
  const caseIdOf = (text: number) => read.cases[text]!.caseId;
  const { texts: all, fields } = textsOf(read, nodes);
  const fitted = fittingSample(corpus, all, caseIdOf);
  const exact = fitVectors(corpus, { fitted, fields, means, ...known });
  const model = { ...exact, directions: lengthened(shortened(exact.directions, exact.count), exact.count) };
  const kept = thinnedOut(nodes, found.communityOf, (node) => caseIdOf(folded.speaker[node]!));
  const vectors = projectCases(corpus, model, { ...textsOf(read, kept), means, ...known });
  const community = Int32Array.from(kept, (node) => found.communityOf[node]!);
  const graph = neighbourGraph(nearestNeighbours(vectors, neighbours, 1, means));
  return {
    model,
    members: freezeMembers(vectors, {
      cluster: Int32Array.from(kept, (node) => found.clusterOf[node]!),
      clusterAlone: recurring(
        graph,
        community,
        Int32Array.from(kept, (node) => folded.cases[node]!),
      ),
      caseIds: kept.map((node) => caseIdOf(folded.speaker[node]!)),
    }),
  };
}

function textsOf({ folded, fields }: ReadCases, nodes: readonly number[]) {
  const texts = Int32Array.from(nodes, (node) => folded.speaker[node]!);
  return { texts, fields: fields.map((values) => Array.from(texts, (text) => values[text] ?? null)) };
}

/** Of some of the nodes: how like they are to the most similar text of a cluster in a half that they do not lie in. */
function similaritiesOf(
  read: ReadCases,
  nodes: readonly number[],
  { half, means, ...known }: Known & { half: FrozenHalf; means: Means },
): number[] {
  const ranked = nodes.map((node) => ({
    node,
    hash: stableHash(read.cases[read.folded.speaker[node]!]!.caseId),
  }));
  ranked.sort((a, b) => a.hash - b.hash || a.node - b.node);
  const asked = ranked.slice(0, textsAsked / 2).map(({ node }) => node);
  const rows = rowsOfVectors(
    projectCases(read.corpus, half.model, { ...textsOf(read, asked), means, ...known }),
  );
  const search = memberSearch(half.members);
  const skips = (member: number) => half.members.clusterAlone[member]! < 0;
  return asked.map((_, row) => search(rows, row, { size: 1, skips })[0]?.similarity ?? 0);
}

/** The vectors of further cases as a half sees them. */
export function vectorsOfCases(half: FrozenHalf, read: ReadCases, known: Known): ShortRows {
  const texts = Int32Array.from(read.cases, (_, index) => index);
  return rowsOfVectors(projectCases(read.corpus, half.model, { texts, fields: read.fields, ...known }));
}

function rowsOfVectors({ rows, values }: UnitVectors): ShortRows {
  return { values, scale: new Float32Array(rows).fill(1 / unit) };
}
