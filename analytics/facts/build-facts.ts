import {
  categories,
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
import { AttributeCoder } from "./attribute-coder.ts";
import {
  type CauseFact,
  type CodedDimension,
  categoryCode,
  codedDimensions,
  type DictionaryEntry,
  type Facts,
  type NameDictionaries,
  neverBefore,
  remedyBit,
  stillOpen,
  type Unassigned,
  unassignedReasons,
} from "./facts.ts";
import { sharedColumn } from "./shared-column.ts";

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

/**
 * Builds the columns from rows that come in the order (incidence day, case id). `capacity` is the number of rows
 * to come; one more or fewer throws, since it would mean that the caller's count and its rows disagree.
 * Where `overflows` turns true, start again with the names of all attributes, the most carried first.
 */
export class FactsBuilder {
  #row = 0;
  readonly #facts: Facts;
  readonly #attributes: AttributeCoder;
  readonly #causeCodes: ReadonlyMap<number, number>;
  readonly #customers = new Map<string, number>();
  readonly #currencies = new Set<string>();
  readonly #lastDay = new Map<string, Day>();

  constructor(
    capacity: number,
    names: NameDictionaries,
    causes: readonly CauseFact[],
    rankedAttributes: readonly string[] = [],
  ) {
    this.#facts = emptyColumns(capacity, names, causes);
    this.#attributes = new AttributeCoder(capacity, rankedAttributes);
    this.#causeCodes = new Map(
      causes.flatMap(({ causeId, mergedIds = [] }, i) => [causeId, ...mergedIds].map((id) => [id, i + 1])),
    );
  }

  /** The rows carry more attributes than are tried unless they are ranked. */
  get overflows(): boolean {
    return this.#attributes.overflows;
  }

  add(row: FactRow): void {
    const facts = this.#facts;
    const i = this.#row++;
    if (i >= facts.size) throw new RangeError(`FactsBuilder: expected ${facts.size} rows, got more`);
    const previous = facts.incidenceDay[i - 1];
    if (previous !== undefined && previous > row.incidenceDay)
      throw new RangeError(`FactsBuilder: rows must come by incidence day; row ${i} goes back in time`);
    facts.caseIds.set(Buffer.from(row.caseId.replaceAll("-", ""), "hex"), i * 16);
    facts.incidenceDay[i] = row.incidenceDay;
    facts.outcomeDay[i] = row.outcomeDay ?? stillOpen;
    this.#code(i, row);
    this.#measure(i, row);
    facts.customer[i] = this.#customerCode(row.customerRef);
    facts.daysSincePrevious[i] = this.#gap(i, row);
    if (row.attributes) this.#attributes.add(i, row.attributes);
  }

  finish(): Facts {
    const facts = this.#facts;
    if (this.#row !== facts.size)
      throw new RangeError(`FactsBuilder: expected ${facts.size} rows, got ${this.#row}`);
    const [currency = null, ...others] = this.#currencies;
    return {
      ...facts,
      ...this.#attributes.finish(),
      byOutcomeDay: resolvedInOrder(facts.outcomeDay),
      currency: others.length === 0 ? currency : null,
    };
  }

  #code(i: number, row: FactRow): void {
    const { codes } = this.#facts;
    codes.contact_reason[i] = row.contact_reasonId ?? 0;
    codes.product[i] = row.productId ?? 0;
    codes.team[i] = row.teamId ?? 0;
    codes.channel[i] = row.channelId ?? 0;
    codes.region[i] = row.regionId ?? 0;
    codes.status[i] = statuses.indexOf(row.status) + 1;
    codes.severity[i] = row.severity === null ? 0 : severities.indexOf(row.severity) + 1;
    codes.finding[i] = row.finding === null ? 0 : findings.indexOf(row.finding) + 1;
    codes.outcome[i] = row.outcome === null ? 0 : outcomes.indexOf(row.outcome) + 1;
    const cause = row.causeId === null ? 0 : (this.#causeCodes.get(row.causeId) ?? 0);
    codes.cause[i] = cause;
    codes.category[i] = categoryCode(this.#facts.causes[cause]?.category ?? null);
  }

  #measure(i: number, row: FactRow): void {
    const facts = this.#facts;
    facts.remedies[i] = (row.remedyTypes ?? []).reduce((mask, remedy) => mask | remedyBit(remedy), 0);
    facts.joinedByReason[i] = row.causeBasis === "contact_reason" ? 1 : 0;
    facts.unassigned[i] = row.unassignedBecause ? unassignedReasons.indexOf(row.unassignedBecause) + 1 : 0;
    facts.reopenings[i] = row.reopenCount === null ? 0 : 1 + Math.min(253, row.reopenCount);
    facts.daysToResolve[i] = row.daysToResolve ?? Number.NaN;
    facts.compensationMinor[i] = row.compensationMinor ?? Number.NaN;
    if (row.compensationCurrency !== null) this.#currencies.add(row.compensationCurrency);
  }

  #customerCode(ref: string | null): number {
    if (ref === null) return 0;
    const known = this.#customers.get(ref);
    if (known !== undefined) return known;
    this.#customers.set(ref, this.#customers.size + 1);
    return this.#customers.size;
  }

  #gap(i: number, row: FactRow): number {
    const cause = this.#facts.codes.cause[i]; // merged causes are one
    if (row.customerRef === null || cause === 0) return neverBefore;
    const key = `${cause} ${row.customerRef}`;
    const last = this.#lastDay.get(key);
    this.#lastDay.set(key, row.incidenceDay);
    return last === undefined ? neverBefore : row.incidenceDay - last;
  }
}

function emptyColumns(size: number, names: NameDictionaries, causes: readonly CauseFact[]): Facts {
  const dictionaries = dictionariesOf(names, causes);
  return {
    size,
    caseIds: sharedColumn(Uint8Array, size * 16),
    incidenceDay: sharedColumn(Int32Array, size),
    outcomeDay: sharedColumn(Int32Array, size),
    byOutcomeDay: sharedColumn(Uint32Array, 0),
    codes: perDimension((key) =>
      dictionaries[key].length <= 2 ** 16 ? sharedColumn(Uint16Array, size) : sharedColumn(Uint32Array, size),
    ),
    dictionaries,
    attributes: new Map(),
    uncodedAttributes: new Map(),
    remedies: sharedColumn(Uint8Array, size),
    customer: sharedColumn(Int32Array, size),
    daysSincePrevious: sharedColumn(Int32Array, size),
    joinedByReason: sharedColumn(Uint8Array, size),
    unassigned: sharedColumn(Uint8Array, size),
    reopenings: sharedColumn(Uint8Array, size),
    daysToResolve: sharedColumn(Float32Array, size),
    compensationMinor: sharedColumn(Float64Array, size),
    currency: null,
    causes: [undefined, ...causes],
  };
}

const unknown: DictionaryEntry = { value: null, label: "unknown" };

function dictionariesOf(
  names: NameDictionaries,
  causes: readonly CauseFact[],
): Record<CodedDimension, readonly DictionaryEntry[]> {
  const words = (values: readonly string[]) => [
    unknown,
    ...values.map((value) => ({ value, label: value.replaceAll("_", " ") })),
  ];
  const byName = Object.fromEntries(
    nameFields.map((field) => [
      field,
      [unknown, ...names[field].slice(1).map((name = "") => ({ value: name, label: name }))],
    ]),
  ) as Record<NameField, DictionaryEntry[]>; // every name field is a key
  return {
    ...byName,
    severity: words(severities),
    finding: words(findings),
    outcome: words(outcomes),
    status: words(statuses),
    category: [{ value: null, label: "unclassified" }, ...words(categories).slice(1)],
    cause: [
      { value: null, label: "no cause known" },
      ...causes.map((cause) => ({ value: String(cause.causeId), label: cause.name })),
    ],
  };
}

function perDimension<T>(make: (key: CodedDimension) => T): Record<CodedDimension, T> {
  return Object.fromEntries(codedDimensions.map((key) => [key, make(key)])) as Record<CodedDimension, T>;
}

function resolvedInOrder(outcomeDay: Int32Array): Uint32Array {
  const resolved: number[] = [];
  outcomeDay.forEach((day, row) => {
    if (day !== stillOpen) resolved.push(row);
  });
  resolved.sort((a, b) => (outcomeDay[a] ?? 0) - (outcomeDay[b] ?? 0) || a - b);
  const order = sharedColumn(Uint32Array, resolved.length);
  order.set(resolved);
  return order;
}
