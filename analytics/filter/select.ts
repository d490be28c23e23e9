import { bisectLeft } from "d3-array";
import { type RemedyType, remedyTypes } from "../case.ts";
import { attributeLimits } from "../facts/attribute-coder.ts";
import {
  attributeName,
  codesOf,
  type DictionaryEntry,
  dictionaryOf,
  type Facts,
  isAttribute,
  remedyBit,
  type Uncodable,
} from "../facts/facts.ts";
import type { Period } from "../period.ts";
import { type Clause, type Cohort, FilterError } from "./filter.ts";

/** Rows of the columns, in the order of the cohort's day. What every metric is a function of. */
export type Selection = Uint32Array;

/**
 * The cases of a period that meet every clause. A clause on one dimension is "one of `include`, none of
 * `exclude`"; unknown is a value like another, so "is not X" keeps it.
 * Cost: two binary searches, then one look-up a case and clause.
 * @throws FilterError for an attribute that no case carries, or that nobody can choose by
 */
export function select(facts: Facts, period: Period, cohort: Cohort, clauses: readonly Clause[]): Selection {
  return clauses.reduce((rows, clause) => keep(facts, rows, clause), inPeriod(facts, period, cohort));
}

function inPeriod(facts: Facts, period: Period, cohort: Cohort): Selection {
  if (cohort === "incidence") {
    const from = bisectLeft(facts.incidenceDay, period.start);
    const to = bisectLeft(facts.incidenceDay, period.end);
    const rows = new Uint32Array(Math.max(0, to - from));
    for (let i = 0; i < rows.length; i++) rows[i] = from + i;
    return rows;
  }
  const order = facts.byOutcomeDay;
  const firstFrom = (day: number) => bisectBy(order, (row) => (facts.outcomeDay[row] ?? 0) >= day);
  return order.slice(firstFrom(period.start), firstFrom(period.end));
}

/** The first index whose row satisfies a condition that, once true, stays true. */
function bisectBy(rows: Selection, condition: (row: number) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (condition(rows[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function keep(facts: Facts, rows: Selection, clause: Clause): Selection {
  if (clause.dimension === "remedy") {
    const matches = remedyMatcher(clause);
    return rows.filter((row) => matches(facts.remedies[row] ?? 0));
  }
  const { dimension } = clause;
  if (isAttribute(dimension)) refuseUncoded(facts, attributeName(dimension));
  const codes = codesOf(facts, dimension);
  const wanted = wantedCodes(dictionaryOf(facts, dimension), clause);
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    kept[count] = row; // overwritten by the next row unless this one is wanted: no branch to mispredict
    count += wanted[codes[row] ?? 0] ?? 0;
  }
  return kept.subarray(0, count);
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

function remedyMatcher({ include, exclude }: Clause): (mask: number) => boolean {
  const has = (mask: number, value: string | null) =>
    value === null ? mask === 0 : isRemedy(value) && (mask & remedyBit(value)) !== 0;
  return (mask) =>
    (include.length === 0 || include.some((value) => has(mask, value))) &&
    !exclude.some((value) => has(mask, value));
}

function isRemedy(value: string): value is RemedyType {
  return (remedyTypes as readonly string[]).includes(value);
}
