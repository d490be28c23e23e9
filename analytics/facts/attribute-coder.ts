import type { AttributeColumn, DictionaryEntry, Uncodable } from "./facts.ts";
import { sharedColumn } from "./shared-column.ts";

/** Bounds of what can be filtered by; beyond them an attribute stays with its cases and is no dimension. */
export const attributeLimits = {
  /** Dimensions of a workspace. */
  columns: 60,
  /** Attributes that are looked at for them: the bound on memory while the columns are built, 2 bytes a case each. */
  tried: 120,
  /** Different values of one attribute: more are nothing that a person chooses from. */
  values: 500,
  /** Characters of a value: longer ones are texts, and no address of a page could hold many. */
  valueLength: 200,
} as const;

interface Candidate {
  /** `undefined` once it is given up: its memory is free then. */
  codes: Uint16Array | undefined;
  codeOf: Map<string, number>;
  values: string[];
  cases: number;
  problem: Uncodable | null;
}

export interface CodedAttributes {
  attributes: ReadonlyMap<string, AttributeColumn>;
  uncodedAttributes: ReadonlyMap<string, Uncodable>;
}

/**
 * Codes the attributes of cases as further dimensions, row by row. Of those that can be coded the ones that most
 * cases carry win (ties: by name), whatever the order of the rows.
 * Memory: 2 bytes a case for each attribute that is tried. Cost: two look-ups a value.
 */
export class AttributeCoder {
  readonly #size: number;
  readonly #candidates = new Map<string, Candidate>();
  /** The names that get no column however many values they have, when names were ranked beforehand. */
  readonly #passedOver: ReadonlySet<string>;
  #overflows = false;

  /** @param ranked the names of all attributes, the most carried first: needed where there are more than are tried */
  constructor(size: number, ranked: readonly string[] = []) {
    this.#size = size;
    this.#passedOver = new Set(ranked.slice(attributeLimits.tried).map(asFormsSend));
  }

  /** More names turned up than are tried, so that which of them are the most carried must be known beforehand. */
  get overflows(): boolean {
    return this.#overflows;
  }

  add(row: number, attributes: Readonly<Record<string, string>>): void {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (!value || name === "") continue; // an empty one says nothing
      const candidate = this.#candidates.get(name) ?? this.#begin(asFormsSend(name));
      if (candidate === undefined) continue;
      candidate.cases++;
      if (candidate.codes === undefined) continue;
      const code = candidate.codeOf.get(value) ?? newCode(candidate, value);
      if (code !== null) candidate.codes[row] = code;
    }
  }

  finish(): CodedAttributes {
    const uncoded = new Map<string, Uncodable>([...this.#passedOver].map((name) => [name, "rare"]));
    const columns = new Map<string, AttributeColumn>();
    const alike = sharedColumn(Uint16Array, this.#size).fill(1); // the one column of all attributes in which all cases are alike
    let places: number = attributeLimits.columns;
    for (const [name, candidate] of this.#ranked()) {
      const { codes, values, cases, problem } = candidate;
      const isAlike = values.length === 1 && cases === this.#size;
      if (codes === undefined) uncoded.set(name, problem ?? "rare");
      else if (!isAlike && places-- <= 0) uncoded.set(name, "rare");
      else columns.set(name, { codes: isAlike ? alike : codes, dictionary: dictionaryOf(values), cases });
    }
    return { attributes: byName(columns), uncodedAttributes: byName(uncoded) };
  }

  #begin(name: string): Candidate | undefined {
    const known = this.#candidates.get(name);
    if (known !== undefined || this.#passedOver.has(name)) return known;
    if (this.#candidates.size === attributeLimits.tried) {
      this.#overflows = true;
      return undefined;
    }
    const codes = sharedColumn(Uint16Array, this.#size);
    const candidate = { codes, codeOf: new Map(), values: [], cases: 0, problem: null };
    this.#candidates.set(name, candidate);
    return candidate;
  }

  #ranked(): [string, Candidate][] {
    return [...this.#candidates].sort(
      ([a, { cases: casesOfA }], [b, { cases: casesOfB }]) => casesOfB - casesOfA || (a < b ? -1 : 1),
    );
  }
}

/** `null`: this value is one too many, or too long, and the attribute is given up. */
function newCode(candidate: Candidate, text: string): number | null {
  const value = asFormsSend(text);
  const known = candidate.codeOf.get(value);
  if (known !== undefined) return known;
  if (value.length > attributeLimits.valueLength) return giveUp(candidate, "long_texts");
  if (candidate.values.length === attributeLimits.values) return giveUp(candidate, "many_values");
  candidate.values.push(value);
  candidate.codeOf.set(value, candidate.values.length);
  return candidate.values.length;
}

function giveUp(candidate: Candidate, problem: Uncodable): null {
  candidate.codes = undefined;
  candidate.codeOf.clear();
  candidate.values = [];
  candidate.problem = problem;
  return null;
}

/** With line breaks as a browser sends them, whatever they were: else a name or value with one could not be chosen. */
function asFormsSend(text: string): string {
  return text.replaceAll(/\r\n?|\n/g, "\r\n");
}

function dictionaryOf(values: readonly string[]): DictionaryEntry[] {
  return [{ value: null, label: "unknown" }, ...values.map((value) => ({ value, label: value }))];
}

function byName<T>(entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
