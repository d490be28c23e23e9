import { mean } from "d3-array";
import type { CaseText } from "./cluster-cases.ts";
import { stemOfWord, stemsOfText } from "./corpus.ts";
import { type Embeddings, embeddingsOfTexts } from "./embeddings.ts";
import { type FrozenAssigner, type FrozenHalf, type Known, vectorsOfCases } from "./frozen-assigner.ts";
import { embedderOf, neighbours } from "./method.ts";
import { memberSearch } from "./nearest-members.ts";
import { type ReadCase, type ReadCases, readCases } from "./read-cases.ts";
import { halfOf } from "./signatures.ts";
import type { WordVectors } from "./word-vectors.ts";

/** Where a case belongs by the vote of the cases that are most like it. */
export interface AssignedCase {
  caseId: string;
  /** Index in the clusters of the run; -1: none. */
  cluster: number;
  basis: "text" | "contact_reason" | null;
  /** Cosine with the most similar text of any cluster; `null` without words, or where there is none. */
  similarity: number | null;
  /** Up to five phrases of the cluster that the case itself contains. */
  terms: string[];
  /** `few_alike`: emerging. `nothing_known`: it has neither words nor a contact reason. */
  unassignedBecause: "few_alike" | "nothing_known" | null;
  /** The texts that voted, nearest first: by the case that speaks for each, with its cluster (-1: none) and the cosine. */
  nearest: Voter[];
}

export interface AssignOptions {
  wordVectors: WordVectors;
  /** What the sentence model of the run makes of the texts, where it had one. */
  embeddings?: Embeddings | null;
  /**
   * To compare two windows of cases: each case, in either window, is judged by the half of the assigner that its text does
   * not lie in. So a case of the run is as much out of sample as a later one. Neither its own text nor a copy of it votes, in
   * both windows: copies come in bursts, and in the window that the run was made from those of one burst would else speak
   * for each other, and in a later window nobody.
   */
  outOfSample?: boolean;
}

/** A text that votes. */
export interface Voter {
  caseId: string;
  cluster: number;
  similarity: number;
}

/**
 * Assigns cases by what a run found: the ten most similar texts vote, each with its similarity, those of no cluster for
 * none. A case fits nothing, and is emerging, where none wins, or where its similarity with the most similar text of a
 * cluster is less than that of nine in ten cases: in the mean of the halves that judge it, for so the level was measured, each
 * text by the half that it does not lie in. (By the greater of the two, as it was, half as many cases of new causes were
 * emerging.) A case without words follows its contact reason, as in the run.
 * Deterministic, and one case says nothing of another. The result is in the order of the ids.
 *
 * @throws Error where a case id occurs twice, or the sentence vectors are not of the model that the run used
 */
export function assignCases(
  assigner: FrozenAssigner,
  cases: readonly CaseText[],
  { wordVectors, embeddings = null, outOfSample = false }: AssignOptions,
): AssignedCase[] {
  refuseOtherEmbedder(assigner, embeddings);
  const read = readCases(cases, assigner.blankNames, assigner.fields);
  const phrases = assigner.keyphrases.map((listed) => listed.map(stemmed));
  const known = { wordVectors, embeddings: embeddingsOfTexts(read, embeddings) };
  const ask = assigner.halves.map((half) => askHalf(half, read, { known, outOfSample }));
  return read.cases.map((item, index) => {
    if (read.folded.nodeOf[index]! < 0) return assignedByReason(assigner, item);
    const own = halfOf(read.signatures[index]!);
    const heard = ask.flatMap((nearestOf, half) => (outOfSample && half === own ? [] : [nearestOf(index)]));
    return assignedByVote(assigner, { read, index, heard, phrases });
  });
}

/** Vectors of two models lie in two spaces: their cosines would be numbers without a meaning. */
function refuseOtherEmbedder({ method }: FrozenAssigner, embeddings: Embeddings | null): void {
  const [needed, got] = [embedderOf(method), embeddings?.embedder ?? null];
  if (needed !== got)
    throw new Error(
      `The cases have ${got === null ? "no sentence vectors" : `sentence vectors of the model ${got}`}; ` +
        `expected ${needed === null ? "none" : `those of the model ${needed}`}, as in the run that assigns them.`,
    );
}

/** A function that gives the nearest texts of a half for a case. */
function askHalf(
  half: FrozenHalf,
  read: ReadCases,
  { known, outOfSample }: { known: Known; outOfSample: boolean },
): (index: number) => Voter[] {
  const rows = vectorsOfCases(half, read, known);
  const search = memberSearch(half.members);
  const { caseIds } = half.members;
  const cluster = outOfSample ? half.members.clusterAlone : half.members.cluster;
  return (index) =>
    search(rows, index, { size: neighbours }).map(({ member, similarity }) => ({
      caseId: caseIds[member]!,
      cluster: cluster[member]!,
      similarity,
    }));
}

function assignedByReason(assigner: FrozenAssigner, { caseId, contactReason }: ReadCase): AssignedCase {
  const cluster = contactReason === null ? -1 : (assigner.clusterOfReason.get(contactReason) ?? -1);
  return {
    caseId,
    cluster,
    basis: cluster < 0 ? null : "contact_reason",
    similarity: null,
    terms: [],
    unassignedBecause: cluster >= 0 ? null : contactReason === null ? "nothing_known" : "few_alike",
    nearest: [],
  };
}

function assignedByVote(
  { leastSimilarity }: FrozenAssigner,
  { read, index, heard, phrases }: { read: ReadCases; index: number; heard: Voter[][]; phrases: Phrase[][] },
): AssignedCase {
  const near = heard
    .flat()
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, neighbours);
  const fits = leastSimilarity !== null && (mean(heard, likenessOf) ?? 0) >= leastSimilarity;
  const cluster = fits ? winnerOf(near) : -1;
  return {
    caseId: read.cases[index]!.caseId,
    cluster,
    basis: cluster < 0 ? null : "text",
    similarity: near.find((voter) => voter.cluster >= 0)?.similarity ?? null,
    terms: cluster < 0 ? [] : phrasesWithin(read, index, phrases[cluster] ?? []),
    unassignedBecause: cluster < 0 ? "few_alike" : null,
    nearest: near,
  };
}

/** With the most similar of the texts, nearest first, that lies in a cluster; 0 where none does. */
function likenessOf(near: readonly Voter[]): number {
  return near.find(({ cluster }) => cluster >= 0)?.similarity ?? 0;
}

/** The cluster with the most similarity; of equals, the one of the nearest. */
function winnerOf(near: readonly Voter[]): number {
  const votes = new Map<number, number>();
  for (const { cluster, similarity } of near)
    votes.set(cluster, (votes.get(cluster) ?? 0) + Math.max(0, similarity));
  let [winner, most] = [-1, 0];
  for (const [cluster, vote] of votes) if (vote > most) [winner, most] = [cluster, vote];
  return winner;
}

interface Phrase {
  written: string;
  stems: string;
}

function stemmed(written: string): Phrase {
  return {
    written,
    stems: written
      .split(" ")
      .flatMap((word) => stemOfWord(word) ?? [])
      .join(" "),
  };
}

/** Those of the phrases whose stems stand in a row in the case's text, stop words aside. */
function phrasesWithin({ corpus }: ReadCases, text: number, phrases: readonly Phrase[]): string[] {
  const said = ` ${stemsOfText(corpus, text)
    .map((stem) => corpus.stems[stem])
    .join(" ")} `;
  return phrases.flatMap(({ written, stems }) =>
    stems !== "" && said.includes(` ${stems} `) ? [written] : [],
  );
}
