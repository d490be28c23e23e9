import { latentDimensions } from "./case-vectors.ts";
import { consensusRuns, resolution } from "./communities.ts";
import { type Granularity, resolutionFactor } from "./granularity.ts";

/** How many nearest cases each case is joined to. */
export const neighbours = 10;
/** Fewer cases than this are not "recurring": they stay unassigned. */
export const smallestCluster = 3;

/**
 * What made a clustering, stored beside it: two results with the same id and seed over the same cases are the same. A
 * run that began from the causes of an earlier one has that run's number behind it (`from=12`); another granularity
 * than that of causes is named.
 * The number rises with each change that moves a case (analytics/CHANGES.md says how far).
 */
export function methodIdOf(granularity: Granularity): string {
  const id = `lsa-louvain/3 words=glove-30k dimensions=${latentDimensions} neighbours=${neighbours} gamma=${resolution * resolutionFactor[granularity]} runs=${consensusRuns} smallest=${smallestCluster}`;
  return granularity === "causes" ? id : `${id} granularity=${granularity}`;
}
