import { type Outcome, outcomes } from "../case.ts";
import { type Facts, outcomeCode } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import { byResolved, type Group, groupsOf, visitGroups } from "./groups.ts";
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
  const counts = new Uint32Array(groups.length * width);
  const codes = facts.codes.outcome;
  visitGroups(facts, resolved, dimension, (row, index) => {
    const cell = index * width + (codes[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  return groups
    .map((group, index) => groupOutcomes(group, counts.subarray(index * width, (index + 1) * width)))
    .filter((entry) => entry.resolved > 0)
    .sort(byResolved);
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
