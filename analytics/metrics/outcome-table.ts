import { type Outcome, outcomes, remedyTypes } from "../case.ts";
import { type CodedDimension, type Facts, outcomeCode, remedyBit } from "../facts/facts.ts";
import type { FilterDimension } from "../filter/dimensions.ts";
import type { Selection } from "../filter/select.ts";
import { type Share, shareOf } from "./share.ts";

export interface Group {
  dimension: FilterDimension;
  /** `null` = unknown. */
  value: string | null;
  label: string;
}

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
 * Groups without a case are left out; largest first, unknown last.
 */
export function outcomesBy(facts: Facts, resolved: Selection, dimension: FilterDimension): GroupOutcomes[] {
  return groupsOf(facts, resolved, dimension).map(({ group, rows }) => {
    const known = rows.filter((row) => facts.codes.outcome[row] !== 0);
    const share = (outcome: Outcome) =>
      shareOf(known.filter((row) => facts.codes.outcome[row] === outcomeCode(outcome)).length, known.length);
    return {
      group,
      resolved: rows.length,
      outcomeKnown: known.length,
      byOutcome: Object.fromEntries(outcomes.map((o) => [o, share(o)])) as Record<Outcome, Share>, // all four keys
    };
  });
}

/** The rows of each value of a dimension, largest group first (ties: by label), unknown last. */
export function groupsOf(
  facts: Facts,
  rows: Selection,
  dimension: FilterDimension,
): { group: Group; rows: Selection }[] {
  const groups = dimension === "remedy" ? remedyGroups(facts, rows) : codedGroups(facts, rows, dimension);
  return groups
    .filter((entry) => entry.rows.length > 0)
    .sort(
      (a, b) =>
        Number(a.group.value === null) - Number(b.group.value === null) ||
        b.rows.length - a.rows.length ||
        (a.group.label < b.group.label ? -1 : 1),
    );
}

function remedyGroups(facts: Facts, rows: Selection): { group: Group; rows: Selection }[] {
  const given = remedyTypes.map((remedy) => ({
    group: { dimension: "remedy" as const, value: remedy, label: remedy.replaceAll("_", " ") },
    rows: rows.filter((row) => ((facts.remedies[row] ?? 0) & remedyBit(remedy)) !== 0),
  }));
  const unknown = rows.filter((row) => facts.remedies[row] === 0);
  return [...given, { group: { dimension: "remedy", value: null, label: "unknown" }, rows: unknown }];
}

function codedGroups(facts: Facts, rows: Selection, dimension: CodedDimension): { group: Group; rows: Selection }[] {
  const codes = facts.codes[dimension];
  const members = new Map<number, number[]>();
  for (const row of rows) {
    const code = codes[row] ?? 0;
    const list = members.get(code);
    if (list === undefined) members.set(code, [row]);
    else list.push(row);
  }
  return [...members].map(([code, list]) => {
    const entry = facts.dictionaries[dimension][code];
    if (entry === undefined) throw new RangeError(`${dimension}: code ${code} is not in the dictionary`);
    return { group: { dimension, ...entry }, rows: Uint32Array.from(list) };
  });
}
