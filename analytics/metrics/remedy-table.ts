import { type RemedyType, remedyTypes } from "../case.ts";
import { codesOf, type Facts, masks } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import { countByPair } from "./counts.ts";
import { byResolved, type Group, groupsOf, visitRemedies } from "./groups.ts";
import { type Share, shareOf } from "./share.ts";

export interface GroupRemedies {
  group: Group;
  resolved: number;
  /** Each remedy given, of all resolved cases of the group; a case may have several. */
  byRemedy: Record<RemedyType, Share>;
  /** Resolved cases whose remedy no source told. */
  unknown: number;
}

/**
 * Which first fixes the resolved cases got, by the values of a dimension. Groups without a case are left out;
 * largest first, unknown last. Cost: one pass over the selection.
 */
export function remediesBy(
  facts: Facts,
  resolved: Selection,
  dimension: Exclude<FilterDimension, "remedy">,
): GroupRemedies[] {
  const groups = groupsOf(facts, dimension);
  const counts = countByPair(codesOf(facts, dimension), facts.remedies, resolved, [groups.length, masks]);
  return groups
    .map((group, index) => groupRemedies(group, counts.subarray(index * masks, (index + 1) * masks)))
    .filter((entry) => entry.resolved > 0)
    .sort(byResolved);
}

/** @param byMask cases of the group by the mask of their remedies */
function groupRemedies(group: Group, byMask: Uint32Array): GroupRemedies {
  const counts = new Uint32Array(remedyTypes.length + 1); // index 0: remedy unknown
  let resolved = 0;
  byMask.forEach((cases, mask) => {
    resolved += cases;
    visitRemedies(mask, (index) => {
      counts[index]! += cases;
    });
  });
  const byRemedy = Object.fromEntries(
    remedyTypes.map((remedy, i) => [remedy, shareOf(counts[i + 1] ?? 0, resolved)]),
  ) as Record<RemedyType, Share>; // a key a remedy
  return { group, resolved, byRemedy, unknown: counts[0] ?? 0 };
}
