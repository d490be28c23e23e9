import { type RemedyType, remedyTypes } from "../case.ts";
import { type Facts, remedyBit } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import { type Group, groupsOf } from "./outcome-table.ts";
import { type Share, shareOf } from "./share.ts";

export interface GroupRemedies {
  group: Group;
  resolved: number;
  /** Each remedy given, of all resolved cases of the group; a case may have several. */
  byRemedy: Record<RemedyType, Share>;
  /** Resolved cases whose remedy no source told. */
  unknown: number;
}

/** Which first fixes the resolved cases got, by the values of a dimension; largest group first, unknown last. */
export function remediesBy(facts: Facts, resolved: Selection, dimension: FilterDimension): GroupRemedies[] {
  return groupsOf(facts, resolved, dimension).map(({ group, rows }) => {
    const given = (remedy: RemedyType) =>
      shareOf(rows.filter((row) => ((facts.remedies[row] ?? 0) & remedyBit(remedy)) !== 0).length, rows.length);
    return {
      group,
      resolved: rows.length,
      byRemedy: Object.fromEntries(remedyTypes.map((r) => [r, given(r)])) as Record<RemedyType, Share>, // all keys
      unknown: rows.filter((row) => facts.remedies[row] === 0).length,
    };
  });
}
