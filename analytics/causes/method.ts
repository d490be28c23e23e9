import { latentDimensions } from "./case-vectors.ts";
import { resolution } from "./communities.ts";
import { type Granularity, resolutionFactor } from "./granularity.ts";

/** How many nearest cases each case is joined to. */
export const neighbours = 10;
/** Rises with each change that moves a suggested category: 2 learns from confirmed causes. */
const categoryMethod = 2;
/** Fewer cases than this are not "recurring": they stay unassigned. */
export const smallestCluster = 3;

/** What both a run and what it hands on to later cases hang on. The number rises with each change that moves a case. */
export const method = `lsa-louvain/6 words=glove-30k dimensions=${latentDimensions} neighbours=${neighbours}`;

/** The method where a sentence model is used besides, by the hash of the model; its cases differ from those of any other. */
export function methodWith(embedder: string | null): string {
  return embedder === null ? method : `${method} embedder=${embedder}`;
}

/** The sentence model that a stored method id tells of; `null`: none. */
export function embedderOf(methodId: string): string | null {
  return / embedder=(\S+)/.exec(methodId)?.[1] ?? null;
}

/**
 * What made a clustering, stored beside it: two results with the same id and seed over the same cases are the same. A
 * run that began from the causes of an earlier one has that run's number behind it (`from=12`), and one in which people
 * had said of cases where they belong, of how many (`anchors=30`); another granularity than that of causes is named, and
 * so is the sentence model that was used (`embedder=3f2a91c0d2e4`).
 * analytics/CHANGES.md says how far a new number moved cases.
 */
export function methodIdOf(granularity: Granularity, embedder: string | null = null): string {
  const id = `${methodWith(embedder)} gamma=${resolution * resolutionFactor[granularity]} smallest=${smallestCluster} categories=${categoryMethod}`;
  return granularity === "causes" ? id : `${id} granularity=${granularity}`;
}
