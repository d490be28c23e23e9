import type { WindowEvidence } from "./fix-evidence.ts";

/**
 * What makes one week comparable with another: its exposure, else the cases of the unfixed causes, and half a case more, so that
 * no week weighs nothing. By week, > 0. Cost: one pass over the unfixed causes.
 */
export function volumeWeights({ exposures, unfixed, counts }: WindowEvidence): readonly number[] {
  return exposures ?? counts.map((_, week) => unfixed.reduce((sum, cause) => sum + cause[week]!, 0.5));
}
