import { type Outcome, outcomes, remedyTypes } from "../case.ts";
import { codesOf, type Facts, masks, outcomeCode } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import { countByPair } from "./counts.ts";
import { byResolved, type Group, groupsOf, visitRemedies } from "./groups.ts";
import { type Share, shareOf } from "./share.ts";

export interface GroupOutcomes {
  group: Group;
  /** Resolved cases of the group. */
  resolved: number;
  /** Of these, how many have a known outcome: what the shares rest on. */
  outcomeKnown: number;
  byOutcome: Record<Outcome, Share>;
}

/**
 * What became of the resolved cases, by remedy or by any other dimension. A case with several remedies stands in
 * the row of each. Association, not proof: hard cases get other remedies than easy ones.
 * Groups without a case are left out; largest first, unknown last. Cost: one pass over the selection.
 */
export function outcomesBy(facts: Facts, resolved: Selection, dimension: FilterDimension): GroupOutcomes[] {
  const groups = groupsOf(facts, dimension);
  const width = outcomes.length + 1; // code 0: outcome unknown
  const counts =
    dimension === "remedy"
      ? byRemedy(countByPair(facts.remedies, facts.codes.outcome, resolved, [masks, width]), width)
      : countByPair(codesOf(facts, dimension), facts.codes.outcome, resolved, [groups.length, width]);
  return groups
    .map((group, index) => groupOutcomes(group, counts.subarray(index * width, (index + 1) * width)))
    .filter((entry) => entry.resolved > 0)
    .sort(byResolved);
}

/** @param counts by mask of remedies and another code; a case with several remedies is counted under each */
function byRemedy(counts: Uint32Array, width: number): Uint32Array {
  const byIndex = new Uint32Array((remedyTypes.length + 1) * width);
  for (let mask = 0; mask < masks; mask++)
    visitRemedies(mask, (index) => {
      for (let code = 0; code < width; code++) byIndex[index * width + code]! += counts[mask * width + code]!;
    });
  return byIndex;
}

/** @param counts of one group by outcome code */
function groupOutcomes(group: Group, counts: Uint32Array): GroupOutcomes {
  const resolved = counts.reduce((sum, n) => sum + n, 0);
  const outcomeKnown = resolved - (counts[0] ?? 0);
  const byOutcome = Object.fromEntries(
    outcomes.map((outcome) => [outcome, shareOf(counts[outcomeCode(outcome)] ?? 0, outcomeKnown)]),
  ) as Record<Outcome, Share>; // all four keys
  return { group, resolved, outcomeKnown, byOutcome };
}
