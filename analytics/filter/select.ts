import { bisectLeft } from "d3-array";
import { type RemedyType, remedyTypes } from "../case.ts";
import { attributeLimits } from "../facts/attribute-part.ts";
import {
  attributeName,
  blockSize,
  type Codes,
  codesOf,
  type DictionaryEntry,
  dictionaryOf,
  type Facts,
  isAttribute,
  masks,
  remedyBit,
  type Uncodable,
} from "../facts/facts.ts";
import type { Period } from "../period.ts";
import { type Clause, type Cohort, FilterError } from "./filter.ts";

/** Rows of the columns, ascending. What every metric is a function of. */
export type Selection = Uint32Array;

/** What a case must have to pass: `wanted` of its code is 1. */
interface Test {
  codes: Codes;
  wanted: Uint8Array;
}

/**
 * The cases of a period that meet every clause. A clause on one dimension is "one of `include`, none of
 * `exclude`"; unknown is a value like another, so "is not X" keeps it.
 *
 * Block by block: its cases are written behind those that were selected before, and each clause moves those that pass
 * together, while they are in the processor's cache. Memory: 4 bytes for each case that is selected.
 * Cost: one look at each case of the period, or for the outcome cohort of the blocks that the period touches, and one
 * look-up a case and clause.
 * @throws FilterError for an attribute that no case carries, or that nobody can choose by
 */
export function select(facts: Facts, period: Period, cohort: Cohort, clauses: readonly Clause[]): Selection {
  const tests = clauses.map((clause) => testOf(facts, clause));
  const isIncidence = cohort === "incidence";
  const { most, fill } = isIncidence ? happenedIn(facts, period, tests.shift()) : resolvedIn(facts, period);
  const rows = new Uint32Array(most + 1); // memory that nothing is written to costs nothing
  let count = 0;
  fill((write) => {
    let end = write(rows, count);
    for (const test of tests) end = keep(rows, count, end, test);
    count = end;
  });
  return count > most / 2 ? rows.subarray(0, count) : rows.slice(0, count);
}

/** Writes the rows of a block from `at` on; gives the place behind the last. */
type Write = (rows: Selection, at: number) => number;

interface Candidates {
  /** Rows that there can be. */
  most: number;
  /** Calls for each block with what writes its rows. */
  fill(block: (write: Write) => void): void;
}

/** @param first a test that they must pass: made in the same loop, it costs half of what it would afterwards */
function happenedIn({ incidenceDay }: Facts, { start, end }: Period, first?: Test): Candidates {
  const from = bisectLeft(incidenceDay, start);
  const to = bisectLeft(incidenceDay, end);
  return {
    most: Math.max(0, to - from),
    fill(block) {
      for (let row = from; row < to; row += blockSize) {
        const run = [row, Math.min(to, row + blockSize)] as const;
        block((rows, at) => (first ? writeThose(rows, at, run, first) : writeRun(rows, at, run)));
      }
    },
  };
}

function resolvedIn({ outcomeDay, outcomeDaysOfBlocks }: Facts, period: Period): Candidates {
  const touched: number[] = [];
  for (let block = 0; 2 * block < outcomeDaysOfBlocks.length; block++)
    if (outcomeDaysOfBlocks[2 * block]! < period.end && outcomeDaysOfBlocks[2 * block + 1]! >= period.start)
      touched.push(block);
  return {
    most: touched.length * blockSize,
    fill(block) {
      for (const one of touched)
        block((rows, at) => writeResolved(rows, at, outcomeDay, one * blockSize, period));
    },
  };
}

type Run = readonly [first: number, end: number];

function writeRun(rows: Selection, at: number, [first, end]: Run): number {
  for (let row = first; row < end; row++) rows[at + row - first] = row;
  return at + end - first;
}

function writeThose(rows: Selection, at: number, [first, end]: Run, { codes, wanted }: Test): number {
  let next = at;
  for (let row = first; row < end; row++) {
    rows[next] = row; // overwritten by the next row unless this one is wanted: no branch to mispredict
    next += wanted[codes[row]!]!;
  }
  return next;
}

function writeResolved(
  rows: Selection,
  at: number,
  outcomeDay: Int32Array,
  first: number,
  { start, end }: Period,
): number {
  const to = Math.min(outcomeDay.length, first + blockSize);
  let next = at;
  for (let row = first; row < to; row++) {
    const day = outcomeDay[row]!;
    rows[next] = row;
    next += Number(day >= start) & Number(day < end);
  }
  return next;
}

/** Moves those of the rows from `at` to `end` that pass together; gives the place behind the last. */
function keep(rows: Selection, at: number, end: number, { codes, wanted }: Test): number {
  let next = at;
  for (let i = at; i < end; i++) {
    const row = rows[i]!;
    rows[next] = row;
    next += wanted[codes[row]!]!;
  }
  return next;
}

function testOf(facts: Facts, clause: Clause): Test {
  const { dimension } = clause;
  if (dimension === "remedy") return { codes: facts.remedies, wanted: wantedMasks(clause) };
  if (isAttribute(dimension)) refuseUncoded(facts, attributeName(dimension));
  return {
    codes: codesOf(facts, dimension),
    wanted: wantedCodes(dictionaryOf(facts, dimension), clause),
  };
}

/** wanted[code] = 1 where a case with that code passes. A value that no case has ever had passes nothing. */
function wantedCodes(dictionary: readonly DictionaryEntry[], clause: Clause): Uint8Array {
  const included = new Set(clause.include);
  const excluded = new Set(clause.exclude);
  return Uint8Array.from(dictionary, ({ value }) =>
    (included.size === 0 || included.has(value)) && !excluded.has(value) ? 1 : 0,
  );
}

const { columns, values, valueLength } = attributeLimits;
const whyUncoded: Readonly<Record<Uncodable, string>> = {
  many_values: `has more than ${values} different values, too many to choose from.`,
  long_texts: `holds texts of more than ${valueLength} characters, which are nothing to choose from.`,
  rare: `is carried by too few cases: only the ${columns} fields that most cases carry can be chosen from.`,
};

/** Left unsaid, a wrong name would show every case, or none, as if it were the answer. */
function refuseUncoded(facts: Facts, name: string): void {
  if (facts.attributes.has(name)) return;
  const uncodable = facts.uncodedAttributes.get(name);
  throw new FilterError(
    uncodable === undefined
      ? `No case carries a field named “${name}”. Expected one of those under “Filters”.`
      : `The field “${name}” ${whyUncoded[uncodable]}`,
  );
}

/** wanted[mask] = 1 where a case with those remedies passes; a mask of 0 is "unknown". */
function wantedMasks({ include, exclude }: Clause): Uint8Array {
  const has = (mask: number, value: string | null) =>
    value === null ? mask === 0 : isRemedy(value) && (mask & remedyBit(value)) !== 0;
  return Uint8Array.from({ length: masks }, (_, mask) =>
    (include.length === 0 || include.some((value) => has(mask, value))) &&
    !exclude.some((value) => has(mask, value))
      ? 1
      : 0,
  );
}

function isRemedy(value: string): value is RemedyType {
  return (remedyTypes as readonly string[]).includes(value);
}
