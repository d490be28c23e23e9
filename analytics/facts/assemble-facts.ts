import { categories, findings, type NameField, nameFields, outcomes, severities, statuses } from "../case.ts";
import type { CaseColumns, ColumnName } from "./case-columns.ts";
import {
  blockSize,
  type CaseIds,
  type CauseFact,
  type CodedDimension,
  type Codes,
  categoryCode,
  codedDimensions,
  type DictionaryEntry,
  type Facts,
  type NameDictionaries,
  neverBefore,
  nobodyKnown,
  stillOpen,
} from "./facts.ts";
import { joinAttributes } from "./join-attributes.ts";
import { PairCodes } from "./pair-codes.ts";
import { codesFor, sharedColumn } from "./shared-columns.ts";

/** A part with the row of all cases at which it begins. */
type Placed = CaseColumns & { from: number };

/**
 * The columns of all cases from those of parts that follow each other in time. What depends on other cases, or on what
 * people say of causes, is made here: customers by number, days since a customer's last case, merged causes, categories.
 * Cost: some 0.3 s for a million cases.
 * @param parts in the order of their days, each day in one of them
 * @param caseIds where the ids are kept; left out: in memory
 */
export function assembleFacts(
  parts: readonly CaseColumns[],
  names: NameDictionaries,
  causes: readonly CauseFact[],
  caseIds: CaseIds = new CaseIdsInMemory(Buffer.concat(parts.map(({ caseId }) => caseId))),
): Facts {
  let size = 0;
  const placed = parts.map((part): Placed => {
    const from = size;
    size += part.size;
    return { ...part, from };
  });
  const dictionaries = dictionariesOf(names, causes);
  const outcomeDay = joined(placed, "outcomeDay", sharedColumn(Int32Array, size));
  const incidenceDay = joined(placed, "incidenceDay", sharedColumn(Int32Array, size));
  const codes = codesOfAll(size, placed, dictionaries, causes);
  const remedies = joined(placed, "remedies", sharedColumn(Uint8Array, size));
  const { customer, customers } = customersOf(size, placed);
  const [currency = null, ...others] = new Set(parts.flatMap(({ currencies }) => currencies));
  return {
    size,
    caseIds,
    incidenceDay,
    outcomeDay,
    ...resolutions(outcomeDay, incidenceDay),
    codes,
    dictionaries,
    ...joinAttributes(size, placed),
    alike: alikeDimensions(codes, remedies),
    remedies,
    customer,
    customers,
    daysSincePrevious: gapsOf(incidenceDay, customer, codes.cause),
    joinedByReason: joinedByReasonOf(placed, codes.cause),
    unassigned: joined(placed, "unassigned", sharedColumn(Uint8Array, size)),
    reopenings: joined(placed, "reopenings", sharedColumn(Uint8Array, size)),
    daysToResolve: joined(placed, "daysToResolve", sharedColumn(Float32Array, size)),
    compensation: compensationOf(size, placed),
    currency: others.length === 0 ? currency : null,
    causes: [undefined, ...causes],
  };
}

export class CaseIdsInMemory implements CaseIds {
  readonly place: Uint8Array;

  /** @param bytes sixteen an id */
  constructor(bytes: Uint8Array) {
    this.place = bytes;
  }

  at(row: number): string {
    return uuidOf(Buffer.from(this.place.buffer, this.place.byteOffset + row * 16, 16));
  }
}

/** @param bytes the sixteen of a UUID */
export function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function joined<T extends { set(values: ArrayLike<number>, at: number): void }>(
  parts: readonly Placed[],
  name: Exclude<ColumnName, "caseId" | "customer">,
  column: T,
): T {
  for (const part of parts) column.set(part[name], part.from);
  return column;
}

function codesOfAll(
  size: number,
  parts: readonly Placed[],
  dictionaries: Facts["dictionaries"],
  causes: readonly CauseFact[],
): Facts["codes"] {
  const column = (dimension: CodedDimension) => codesFor(size, dictionaries[dimension].length);
  const asTheyAre = codedDimensions.filter((dimension) => dimension !== "cause" && dimension !== "category");
  const entries = asTheyAre.map((dimension) => [dimension, joined(parts, dimension, column(dimension))]);
  const [cause, category] = [column("cause"), column("category")];
  const causeCodes = new Map(
    causes.flatMap(({ causeId, mergedIds = [] }, i) => [causeId, ...mergedIds].map((id) => [id, i + 1])),
  );
  const categoryOf = [0, ...causes.map((fact) => categoryCode(fact.category))];
  for (const { from, causeId } of parts)
    for (let i = 0; i < causeId.length; i++) {
      const id = causeId[i]!;
      const code = id === 0 ? 0 : (causeCodes.get(id) ?? 0);
      cause[from + i] = code;
      category[from + i] = categoryOf[code]!;
    }
  return { ...Object.fromEntries(entries), cause, category } as Record<CodedDimension, Codes>; // each dimension is a key
}

function customersOf(size: number, parts: readonly Placed[]): Pick<Facts, "customer" | "customers"> {
  const column = sharedColumn(Uint32Array, size);
  const codes = new PairCodes();
  for (const { from, customer, size: cases } of parts)
    for (let i = 0; i < cases; i++) {
      const [one, two] = [customer[2 * i]!, customer[2 * i + 1]!];
      if (one !== 0 || two !== 0) column[from + i] = codes.codeOf(one, two);
    }
  return { customer: column, customers: codes.size };
}

/** Merged causes are one. Needs all cases: a customer's last one may lie years before. */
function gapsOf(incidenceDay: Int32Array, customer: Uint32Array, cause: Codes): Uint16Array {
  const gaps = sharedColumn(Uint16Array, incidenceDay.length).fill(neverBefore);
  const pairs = new PairCodes();
  const lastDay: number[] = [];
  for (let row = 0; row < gaps.length; row++) {
    if (customer[row] === 0 || cause[row] === 0) {
      gaps[row] = nobodyKnown;
      continue;
    }
    const pair = pairs.codeOf(customer[row]!, cause[row]!);
    const day = incidenceDay[row]!;
    const last = lastDay[pair - 1];
    if (last !== undefined) gaps[row] = Math.min(nobodyKnown - 1, day - last);
    lastDay[pair - 1] = day;
  }
  return gaps;
}

/** A case whose cause is not known any more has not joined one. */
function joinedByReasonOf(parts: readonly Placed[], cause: Codes): Uint8Array {
  const column = joined(parts, "joinedByReason", sharedColumn(Uint8Array, cause.length));
  for (let row = 0; row < column.length; row++) if (cause[row] === 0) column[row] = 0;
  return column;
}

function resolutions(
  outcomeDay: Int32Array,
  incidenceDay: Int32Array,
): Pick<Facts, "outcomeDaysOfBlocks" | "resolved" | "lastDay"> {
  const blocks = Math.ceil(outcomeDay.length / blockSize);
  const outcomeDaysOfBlocks = sharedColumn(Int32Array, 2 * blocks);
  let resolved = 0;
  let lastDay = incidenceDay.at(-1) ?? null;
  for (let block = 0; block < blocks; block++) {
    let [first, last] = [stillOpen, -stillOpen];
    const end = Math.min(outcomeDay.length, (block + 1) * blockSize);
    for (let row = block * blockSize; row < end; row++) {
      const day = outcomeDay[row]!;
      if (day === stillOpen) continue;
      resolved++;
      if (day < first) first = day;
      if (day > last) last = day;
    }
    outcomeDaysOfBlocks.set([first, last], 2 * block);
    if (lastDay !== null && last > lastDay) lastDay = last;
  }
  return { outcomeDaysOfBlocks, resolved, lastDay };
}

function alikeDimensions(codes: Facts["codes"], remedies: Uint8Array): Facts["alike"] {
  const isAlike = (column: Codes) => column.every((code: number) => code === column[0]);
  const alike = codedDimensions.filter((dimension) => isAlike(codes[dimension]));
  return new Set([...alike, ...(isAlike(remedies) ? (["remedy"] as const) : [])]);
}

function compensationOf(size: number, parts: readonly Placed[]): Facts["compensation"] {
  const most = parts.reduce(
    (greatest, { compensation }) => compensation.reduce((a, b) => Math.max(a, b), greatest),
    0,
  );
  if (most === 0) return null;
  const isNarrow = most < 2 ** 32;
  return isNarrow
    ? joined(parts, "compensation", sharedColumn(Uint32Array, size))
    : joined(parts, "compensation", sharedColumn(Float64Array, size));
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
