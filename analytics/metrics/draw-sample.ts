import { pairHash, stableHash } from "../causes/stable-hash.ts";

/**
 * Cases in an order that chance decides, the same for the same ids and seed, in whatever order they come: its first n
 * are a simple random sample without replacement. A simple one, since the chance agreement of kappa is that of the
 * whole: a sample with as many cases of a small cause as of a large one would have to be weighted back.
 * Cost: O(n log n).
 */
export function drawOrder(caseIds: readonly string[], seed: number): string[] {
  return caseIds
    .map((caseId) => ({ caseId, place: pairHash(stableHash(caseId), seed) }))
    .sort((a, b) => a.place - b.place || (a.caseId < b.caseId ? -1 : 1))
    .map(({ caseId }) => caseId);
}
