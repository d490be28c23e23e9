import {
  type Finding,
  findings,
  type NameField,
  nameFields,
  type Outcome,
  outcomes,
  type RemedyType,
  type Severity,
  type Status,
  severities,
  statuses,
} from "../case.ts";
import type { Day } from "../period.ts";
import { type AttributePart, AttributeReader } from "./attribute-part.ts";
import { remedyBit, stillOpen, type Unassigned, unassignedReasons } from "./facts.ts";

/** One case as the database streams it: names by their dictionary ids, missing values `null`. */
export type FactRow = {
  caseId: string;
  incidenceDay: Day;
  /** `null` while the case is open. */
  outcomeDay: Day | null;
  causeId: number | null;
  /** What joined it to its cause; `null` where there is none. */
  causeBasis: "text" | "contact_reason" | "person" | null;
  /** Why it has none; left out or `null` where it has one, or where that is not on record. */
  unassignedBecause?: Unassigned | null;
  customerRef: string | null;
  status: Status;
  severity: Severity | null;
  finding: Finding | null;
  outcome: Outcome | null;
  remedyTypes: readonly RemedyType[] | null;
  reopenCount: number | null;
  /** From its receipt to its resolution; `null` where one of them is not known. */
  daysToResolve: number | null;
  compensationMinor: number | null;
  compensationCurrency: string | null;
  /** What the source says beside the fields of a case; left out or `null` where it says nothing. */
  attributes?: Readonly<Record<string, string>> | null;
} & { [F in NameField as `${F}Id`]: number | null };

/** The arrays of `CaseColumns` by name: their type, and how many elements a case has. */
export const columnTypes = {
  /** The 16 bytes of its UUID. */
  caseId: [Uint8Array, 16],
  incidenceDay: [Int32Array, 1],
  /** `stillOpen`: not resolved. */
  outcomeDay: [Int32Array, 1],
  /** Ids of the database's names; 0 = unknown. */
  contact_reason: [Uint32Array, 1],
  product: [Uint32Array, 1],
  team: [Uint32Array, 1],
  channel: [Uint32Array, 1],
  region: [Uint32Array, 1],
  /** Enumerations in the order of analytics/case.ts, from 1; 0 = unknown. */
  severity: [Uint8Array, 1],
  finding: [Uint8Array, 1],
  outcome: [Uint8Array, 1],
  status: [Uint8Array, 1],
  /** As in `Facts`. */
  remedies: [Uint8Array, 1],
  reopenings: [Uint8Array, 1],
  daysToResolve: [Float32Array, 1],
  /** Minor units: 0 = unknown, else 1 + the amount. */
  compensation: [Float64Array, 1],
  /** A hash of the customer in two halves; both 0 = unknown. */
  customer: [Uint32Array, 2],
  /** The cause that a run or a person gave it, before merges; 0 = none. */
  causeId: [Uint32Array, 1],
  joinedByReason: [Uint8Array, 1],
  unassigned: [Uint8Array, 1],
} as const;
export type ColumnName = keyof typeof columnTypes;
export const columnNames = Object.keys(columnTypes) as ColumnName[];

/**
 * What the database knows of some cases, column by column, in the order (incidence day, case id): a month of them, say.
 * Nothing in it depends on other cases or on what people say of causes, so a part stays right until its own cases change.
 */
export type CaseColumns = {
  readonly [C in ColumnName]: InstanceType<(typeof columnTypes)[C][0]>;
} & {
  readonly size: number;
  /** Those of its amounts, in the order in which they first come. */
  readonly currencies: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributePart>;
};

/**
 * Builds the columns from rows that come in the order (incidence day, case id). `capacity` is the number of rows
 * to come; one more or fewer throws, since it would mean that the caller's count and its rows disagree.
 */
export class CaseColumnsBuilder {
  #row = 0;
  readonly #size: number;
  readonly #columns: { [C in ColumnName]: InstanceType<(typeof columnTypes)[C][0]> };
  readonly #attributes = new AttributeReader();
  readonly #currencies = new Set<string>();

  constructor(capacity: number) {
    this.#size = capacity;
    this.#columns = emptyColumns(capacity);
  }

  add(row: FactRow): void {
    const columns = this.#columns;
    const i = this.#row++;
    if (i >= this.#size) throw new RangeError(`CaseColumnsBuilder: expected ${this.#size} rows, got more`);
    const previous = columns.incidenceDay[i - 1];
    if (previous !== undefined && previous > row.incidenceDay)
      throw new RangeError(`CaseColumnsBuilder: rows must come by incidence day; row ${i} goes back in time`);
    columns.caseId.set(Buffer.from(row.caseId.replaceAll("-", ""), "hex"), i * 16);
    columns.incidenceDay[i] = row.incidenceDay;
    columns.outcomeDay[i] = row.outcomeDay ?? stillOpen;
    this.#code(i, row);
    this.#measure(i, row);
    if (row.customerRef !== null) hashCustomer(columns.customer, 2 * i, row.customerRef);
    if (row.attributes) this.#attributes.add(i, row.attributes);
  }

  finish(): CaseColumns {
    if (this.#row !== this.#size)
      throw new RangeError(`CaseColumnsBuilder: expected ${this.#size} rows, got ${this.#row}`);
    return {
      ...this.#columns,
      size: this.#size,
      currencies: [...this.#currencies],
      attributes: this.#attributes.finish(),
    };
  }

  #code(i: number, row: FactRow): void {
    const columns = this.#columns;
    for (const field of nameFields) columns[field][i] = row[`${field}Id`] ?? 0;
    columns.status[i] = codeIn(statuses, row.status);
    columns.severity[i] = codeIn(severities, row.severity);
    columns.finding[i] = codeIn(findings, row.finding);
    columns.outcome[i] = codeIn(outcomes, row.outcome);
    columns.causeId[i] = row.causeId ?? 0;
    columns.joinedByReason[i] = row.causeBasis === "contact_reason" ? 1 : 0;
    columns.unassigned[i] = codeIn(unassignedReasons, row.unassignedBecause ?? null);
  }

  #measure(i: number, row: FactRow): void {
    const columns = this.#columns;
    columns.remedies[i] = (row.remedyTypes ?? []).reduce((mask, remedy) => mask | remedyBit(remedy), 0);
    columns.reopenings[i] = row.reopenCount === null ? 0 : 1 + Math.min(253, row.reopenCount);
    columns.daysToResolve[i] = row.daysToResolve ?? Number.NaN;
    columns.compensation[i] = row.compensationMinor === null ? 0 : 1 + row.compensationMinor;
    if (row.compensationCurrency !== null) this.#currencies.add(row.compensationCurrency);
  }
}

/** Every column for so many cases, of zeros. */
export function emptyColumns(size: number): { [C in ColumnName]: InstanceType<(typeof columnTypes)[C][0]> } {
  return Object.fromEntries(
    columnNames.map((name) => {
      const [type, elements] = columnTypes[name];
      return [name, new type(size * elements)];
    }),
  ) as { [C in ColumnName]: InstanceType<(typeof columnTypes)[C][0]> }; // each name with the type that it has there
}

function codeIn<T>(values: readonly T[], value: T | null): number {
  return value === null ? 0 : values.indexOf(value) + 1;
}

/**
 * Two hashes of 32 bits (MurmurHash3's steps over the text's UTF-16 units, from two seeds) stand for the customer: among a
 * million customers the probability that any two have both alike is 3 in 100 million.
 * @param at where the first of the two goes
 */
export function hashCustomer(column: Uint32Array, at: number, text: string): void {
  let [one, two] = [0x9747b28c, 0x3c6ef372];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    one = step(one, Math.imul(unit, 0xcc9e2d51), 13);
    two = step(two, Math.imul(unit, 0x1b873593), 15);
  }
  column[at] = finished(one ^ text.length);
  column[at + 1] = finished(two ^ text.length) | 1; // so that no customer is unknown
}

function step(hash: number, key: number, turn: number): number {
  const mixed = hash ^ ((key << 15) | (key >>> 17));
  return (Math.imul((mixed << turn) | (mixed >>> (32 - turn)), 5) + 0xe6546b64) | 0;
}

function finished(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
