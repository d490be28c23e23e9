import { type AttributePart, attributeLimits } from "./attribute-part.ts";
import type { AttributeColumn, Codes, DictionaryEntry, Uncodable } from "./facts.ts";
import { codesFor } from "./shared-columns.ts";

/** A part of the cases, and the row of all cases at which it begins. */
export interface PlacedPart {
  from: number;
  attributes: ReadonlyMap<string, AttributePart>;
}

export interface CodedAttributes {
  attributes: ReadonlyMap<string, AttributeColumn>;
  uncodedAttributes: ReadonlyMap<string, Uncodable>;
}

interface Joined {
  parts: { from: number; part: AttributePart }[];
  codeOf: Map<string, number>;
  cases: number;
  problem: Uncodable | null;
}

/**
 * The attributes of all cases as further dimensions. Of those that can be coded the ones that most cases carry win (ties:
 * by name). Memory: one or two bytes a case for each that wins. Cost: one look-up a value that a case carries.
 */
export function joinAttributes(size: number, parts: readonly PlacedPart[]): CodedAttributes {
  const uncoded = new Map<string, Uncodable>();
  const columns = new Map<string, AttributeColumn>();
  const alike = new Uint8Array(new SharedArrayBuffer(size)).fill(1); // the one column of all attributes in which all cases are alike
  let places: number = attributeLimits.columns;
  for (const [name, joined] of ranked(joinedByName(parts))) {
    const { codeOf, cases, problem } = joined;
    const isAlike = codeOf.size === 1 && cases === size;
    if (problem !== null) uncoded.set(name, problem);
    else if (!isAlike && places-- <= 0) uncoded.set(name, "rare");
    else
      columns.set(name, {
        codes: isAlike ? alike : codesOfAll(size, joined),
        dictionary: dictionaryOf(codeOf.keys()),
        cases,
      });
  }
  return { attributes: byName(columns), uncodedAttributes: byName(uncoded) };
}

function joinedByName(parts: readonly PlacedPart[]): Map<string, Joined> {
  const all = new Map<string, Joined>();
  for (const { from, attributes } of parts)
    for (const [name, part] of attributes) {
      let joined = all.get(name);
      if (joined === undefined)
        all.set(name, (joined = { parts: [], codeOf: new Map(), cases: 0, problem: null }));
      joined.cases += part.cases;
      joined.problem ??= part.problem;
      joined.parts.push({ from, part });
      for (const value of part.values)
        if (!joined.codeOf.has(value)) joined.codeOf.set(value, joined.codeOf.size + 1);
      if (joined.codeOf.size > attributeLimits.values) joined.problem ??= "many_values";
    }
  return all;
}

function ranked(all: Map<string, Joined>): [string, Joined][] {
  return [...all].sort(
    ([a, { cases: casesOfA }], [b, { cases: casesOfB }]) => casesOfB - casesOfA || (a < b ? -1 : 1),
  );
}

function codesOfAll(size: number, { parts, codeOf }: Joined): Codes {
  const codes = codesFor(size, codeOf.size + 1);
  for (const { from, part } of parts) {
    const codeOfPart = [0, ...part.values.map((value) => codeOf.get(value)!)];
    for (let i = 0; i < part.rows.length; i++) codes[from + part.rows[i]!] = codeOfPart[part.codes[i]!]!;
  }
  return codes;
}

function dictionaryOf(values: Iterable<string>): DictionaryEntry[] {
  return [{ value: null, label: "unknown" }, ...Array.from(values, (value) => ({ value, label: value }))];
}

function byName<T>(entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
