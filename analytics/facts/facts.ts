import {
  type Category,
  categories,
  type NameField,
  type Outcome,
  outcomes,
  type RemedyType,
  remedyTypes,
} from "../case.ts";
import type { Day } from "../period.ts";

/**
 * The columns: one typed array per property, one element per case, sorted by incidence day. This is all that
 * metrics read; the database fills it (`assembleFacts`) and is never asked again until something is committed. All arrays
 * are shared memory and the rest is plain data: to hand it to another thread copies the dictionaries alone.
 *
 * Memory, per case: 4 + 4 of days, 1 for each of 11 coded dimensions (2 where it has more than 255 values), 4 of customer,
 * 2 of gap to the previous case, 1 each of remedies, reopenings, how the cause was joined and why there is none, 4 of the
 * time to resolve, 4 of compensation where any is known: 37 bytes; and 1 or 2 for each of at most 60 attributes of the source.
 * The case ids, 16 bytes each, are kept apart: no metric reads them.
 * A coded dimension holds indices into its dictionary; code 0 is "unknown" everywhere, never a value.
 */
export interface Facts {
  readonly size: number;
  readonly caseIds: CaseIds;
  /** Local day on which the case happened; ascending. */
  readonly incidenceDay: Int32Array;
  /** Local day of the resolution, `stillOpen` while there is none. */
  readonly outcomeDay: Int32Array;
  /** For each block of `blockSize` cases the first and the last of their outcome days; `stillOpen` and its negative: none. */
  readonly outcomeDaysOfBlocks: Int32Array;
  /** Cases that are resolved. */
  readonly resolved: number;
  /** The latest day on which a case happened or was resolved; `null`: there is no case. */
  readonly lastDay: Day | null;
  readonly codes: Readonly<Record<CodedDimension, Codes>>;
  readonly dictionaries: Readonly<Record<CodedDimension, readonly DictionaryEntry[]>>;
  /** What the source says beside the fields of a case, by name, as far as cases can be filtered by it. */
  readonly attributes: ReadonlyMap<string, AttributeColumn>;
  /** The other attributes, with what keeps them from being a dimension. */
  readonly uncodedAttributes: ReadonlyMap<string, Uncodable>;
  /** Dimensions in which all cases are alike, so that there is nothing to choose. */
  readonly alike: ReadonlySet<CodedDimension | "remedy">;
  /** Bit k: remedy k of `remedyTypes` was given. 0 = unknown. */
  readonly remedies: Uint8Array;
  /** Index of the customer, from 1; 0 = unknown. */
  readonly customer: Uint32Array;
  /** How many customers are told apart: the greatest index. */
  readonly customers: number;
  /**
   * Days since the same customer's previous case of the same cause, at most 65,533; `neverBefore` when there is none,
   * `nobodyKnown` where the customer or the cause is not known.
   */
  readonly daysSincePrevious: Uint16Array;
  /** 1 = the case joined its cause by its contact reason alone, having no text; 0 where it has no cause. */
  readonly joinedByReason: Uint8Array;
  /** Why the machine gave it no cause: 1 + index in `unassignedReasons`; 0 = it did, or that is not on record. */
  readonly unassigned: Uint8Array;
  /** 0 = unknown, else 1 + the number of reopenings (capped at 254). */
  readonly reopenings: Uint8Array;
  /** Days from the receipt to the resolution, with their fraction; NaN = open, or unknown. */
  readonly daysToResolve: Float32Array;
  /** Minor units, 0 = unknown, else 1 + the amount; `null`: no case has one. */
  readonly compensation: Uint32Array | Float64Array | null;
  /** The one currency of all amounts; `null` where there is none, or several, which nobody may add up. */
  readonly currency: string | null;
  /** Causes by their code; index 0 stands for "no cause known" and is undefined. */
  readonly causes: readonly (CauseFact | undefined)[];
}

/** The ids of the cases by their row. */
export interface CaseIds {
  at(row: number): string;
  /** Plain data from which another thread makes them again: the bytes, or the number of an open file that holds them. */
  readonly place: Uint8Array | number;
}

/** Cases of a block, of which the range of outcome days is known. */
export const blockSize = 4096;

/** A byte a case, two or four where the dictionary has more values than that tells apart. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

export interface DictionaryEntry {
  /** Value in URLs and CSV; `null` is "unknown". */
  value: string | null;
  label: string;
}

/** An attribute as a dimension. Code 0 is "unknown" here too: the case does not carry it. */
export interface AttributeColumn {
  readonly codes: Codes;
  readonly dictionary: readonly DictionaryEntry[];
  /** How many cases carry it. */
  readonly cases: number;
}

/** Why an attribute is no dimension: its values are too many or too long, or too many others are carried more often. */
export type Uncodable = "many_values" | "long_texts" | "rare";

export interface CauseFact {
  causeId: number;
  name: string;
  category: Category | null;
  /** How surely trials from scratch find it again, 0 to 1; `null`: not measured. */
  stability: number | null;
  /** Ids that a person has merged into it: a case of one of them is a case of it. */
  mergedIds?: readonly number[];
}

export const codedDimensions = [
  "contact_reason",
  "product",
  "team",
  "channel",
  "region",
  "severity",
  "finding",
  "outcome",
  "status",
  "cause",
  "category",
] as const;
export type CodedDimension = (typeof codedDimensions)[number];

/** An attribute among the dimensions, by its name. */
export type AttributeDimension = `attribute:${string}`;

const attributePrefix = "attribute:";

export function attributeDimension(name: string): AttributeDimension {
  return `${attributePrefix}${name}`;
}

/** Whether a text is the key of an attribute; one without a name is none. */
export function isAttribute(dimension: string): dimension is AttributeDimension {
  return dimension.startsWith(attributePrefix) && dimension.length > attributePrefix.length;
}

export function attributeName(dimension: AttributeDimension): string {
  return dimension.slice(attributePrefix.length);
}

/** The codes of a dimension, one a case. Throws for an attribute that is none: `select` has refused it before. */
export function codesOf(facts: Facts, dimension: CodedDimension | AttributeDimension): Codes {
  return isAttribute(dimension) ? attributeColumn(facts, dimension).codes : facts.codes[dimension];
}

/** What the codes of a dimension stand for, "unknown" first. */
export function dictionaryOf(
  facts: Facts,
  dimension: CodedDimension | AttributeDimension,
): readonly DictionaryEntry[] {
  return isAttribute(dimension)
    ? attributeColumn(facts, dimension).dictionary
    : facts.dictionaries[dimension];
}

function attributeColumn(facts: Facts, dimension: AttributeDimension): AttributeColumn {
  const column = facts.attributes.get(attributeName(dimension));
  if (column === undefined) throw new RangeError(`Expected an attribute with a column, got “${dimension}”.`);
  return column;
}

/** `few_alike`: it fits none of the causes (emerging). `nothing_known`: it has neither words nor a contact reason. */
export const unassignedReasons = ["few_alike", "nothing_known"] as const;
export type Unassigned = (typeof unassignedReasons)[number];

/** `outcomeDay` of a case that is not resolved: after every real day. */
export const stillOpen: Day = 2 ** 31 - 1;
/** `daysSincePrevious` of a customer's first case of a cause. */
export const neverBefore = 2 ** 16 - 1;
/** `daysSincePrevious` of a case without a known customer or cause: nobody is no customer. */
export const nobodyKnown = neverBefore - 1;

/** Codes of enumerations follow the order of analytics/case.ts, from 1. */
export function outcomeCode(outcome: Outcome): number {
  return outcomes.indexOf(outcome) + 1;
}

export function categoryCode(category: Category | null): number {
  return category === null ? 0 : categories.indexOf(category) + 1;
}

/** How many values the column `remedies` can have. */
export const masks = 2 ** remedyTypes.length;

export function remedyBit(remedy: RemedyType): number {
  return 1 << remedyTypes.indexOf(remedy);
}

/** The case id of a row as the UUID that the database and the pages use. */
export function caseIdAt(facts: Pick<Facts, "caseIds">, row: number): string {
  return facts.caseIds.at(row);
}

/** What was paid in a case, in minor units of `facts.currency`; `null`: unknown. */
export function compensationAt({ compensation }: Pick<Facts, "compensation">, row: number): number | null {
  const amount = compensation?.[row] ?? 0;
  return amount === 0 ? null : amount - 1;
}

/** Name dictionaries of the database: id -> name, index 0 unused. */
export type NameDictionaries = Readonly<Record<NameField, readonly (string | undefined)[]>>;
