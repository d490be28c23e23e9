import { type RemedyType, remedyTypes } from "../case.ts";
import type { Facts } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import { byResolved, type Group, groupsOf, visitGroups, visitRemedies } from "./groups.ts";
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
  const width = remedyTypes.length + 1; // index 0: remedy unknown
  const cases = new Uint32Array(groups.length);
  const counts = new Uint32Array(groups.length * width);
  visitGroups(facts, resolved, dimension, (row, index) => {
    cases[index] = (cases[index] ?? 0) + 1;
    visitRemedies(facts.remedies[row] ?? 0, (remedy) => {
      const cell = index * width + remedy;
      counts[cell] = (counts[cell] ?? 0) + 1;
    });
  });
  return groups
    .map((group, index) =>
      groupRemedies(group, cases[index] ?? 0, counts.subarray(index * width, (index + 1) * width)),
    )
    .filter((entry) => entry.resolved > 0)
    .sort(byResolved);
}

function groupRemedies(group: Group, resolved: number, counts: Uint32Array): GroupRemedies {
  const byRemedy = Object.fromEntries(
    remedyTypes.map((remedy, i) => [remedy, shareOf(counts[i + 1] ?? 0, resolved)]),
  ) as Record<RemedyType, Share>; // a key a remedy
  return { group, resolved, byRemedy, unknown: counts[0] ?? 0 };
}
