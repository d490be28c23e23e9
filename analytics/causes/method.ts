import { latentDimensions } from "./case-vectors.ts";
import { consensusRuns, resolution } from "./communities.ts";

/** How many nearest cases each case is joined to. */
export const neighbours = 10;
/** Fewer cases than this are not "recurring": they stay unassigned. */
export const smallestCluster = 3;

/**
 * What made a clustering, stored beside it: two results with the same id and seed over the same cases are the same. A
 * run that began from the causes of an earlier one has that run's number behind it (`from=12`), and one in which people
 * had said of cases where they belong, of how many (`anchors=30`).
 * The number rises with each change that moves a case (analytics/CHANGES.md says how far).
 */
export const methodId = `lsa-louvain/3 words=glove-30k dimensions=${latentDimensions} neighbours=${neighbours} gamma=${resolution} runs=${consensusRuns} smallest=${smallestCluster}`;
