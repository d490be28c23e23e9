import type { Uncodable } from "./facts.ts";

/** Bounds of what can be filtered by; beyond them an attribute stays with its cases and is no dimension. */
export const attributeLimits = {
  /** Dimensions of a workspace. */
  columns: 60,
  /** Different values of one attribute: more are nothing that a person chooses from. */
  values: 500,
  /** Characters of a value: longer ones are texts, and no address of a page could hold many. */
  valueLength: 200,
} as const;

/** What some cases say of one attribute. */
export interface AttributePart {
  /** Its values, in the order in which they first come; none where there is a problem. */
  readonly values: readonly string[];
  /** The cases that carry it, ascending, and for each 1 + the index of its value; none where there is a problem. */
  readonly rows: Uint32Array;
  readonly codes: Uint16Array;
  /** How many cases carry it, whatever they say. */
  readonly cases: number;
  /** What keeps it from being a dimension. */
  readonly problem: Uncodable | null;
}

interface Growing {
  codeOf: Map<string, number>;
  rows: number[];
  codes: number[];
  cases: number;
  problem: Uncodable | null;
}

/** Reads the attributes of cases, row by row. Memory: what they say, and no more. Cost: two look-ups a value. */
export class AttributeReader {
  readonly #growing = new Map<string, Growing>();

  add(row: number, attributes: Readonly<Record<string, string>>): void {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (!value || name === "") continue; // an empty one says nothing
      const growing = this.#growing.get(name) ?? this.#begin(asFormsSend(name));
      growing.cases++;
      if (growing.problem !== null) continue;
      const code = growing.codeOf.get(value) ?? newCode(growing, value);
      if (code === null) continue;
      growing.rows.push(row);
      growing.codes.push(code);
    }
  }

  finish(): ReadonlyMap<string, AttributePart> {
    return new Map(
      [...this.#growing].map(([name, { codeOf, rows, codes, cases, problem }]) => [
        name,
        {
          values: [...codeOf.keys()],
          rows: Uint32Array.from(rows),
          codes: Uint16Array.from(codes),
          cases,
          problem,
        },
      ]),
    );
  }

  #begin(name: string): Growing {
    const known = this.#growing.get(name);
    if (known !== undefined) return known;
    const growing: Growing = { codeOf: new Map(), rows: [], codes: [], cases: 0, problem: null };
    this.#growing.set(name, growing);
    return growing;
  }
}

/** `null`: this value is one too many, or too long, and the attribute is given up. */
function newCode(growing: Growing, text: string): number | null {
  const value = asFormsSend(text);
  const known = growing.codeOf.get(value);
  if (known !== undefined) return known;
  if (value.length > attributeLimits.valueLength) return giveUp(growing, "long_texts");
  if (growing.codeOf.size === attributeLimits.values) return giveUp(growing, "many_values");
  growing.codeOf.set(value, growing.codeOf.size + 1);
  return growing.codeOf.size;
}

function giveUp(growing: Growing, problem: Uncodable): null {
  growing.codeOf.clear();
  growing.rows = [];
  growing.codes = [];
  growing.problem = problem;
  return null;
}

/** With line breaks as a browser sends them, whatever they were: else a name or value with one could not be chosen. */
function asFormsSend(text: string): string {
  return text.replaceAll(/\r\n?|\n/g, "\r\n");
}
