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
 * metrics read; the database fills it (`FactsBuilder`) and is never asked again until something is committed.
 *
 * Memory, per case: 16 bytes of case id, 4 + 4 of days and 4 of the order by outcome day, 2 for each of 11 coded
 * dimensions, 4 of customer, 4 of gap to the previous case, 1 each of remedies, reopenings and how the cause was joined, 8 of compensation: 69 bytes.
 * A coded dimension holds indices into its dictionary; code 0 is "unknown" everywhere, never a value.
 */
export interface Facts {
  readonly size: number;
  /** 16 bytes a case. */
  readonly caseIds: Uint8Array;
  /** Local day on which the case happened; ascending. */
  readonly incidenceDay: Int32Array;
  /** Local day of the resolution, `stillOpen` while there is none. */
  readonly outcomeDay: Int32Array;
  /** The resolved cases in the order of their outcome day. */
  readonly byOutcomeDay: Uint32Array;
  readonly codes: Readonly<Record<CodedDimension, Codes>>;
  readonly dictionaries: Readonly<Record<CodedDimension, readonly DictionaryEntry[]>>;
  /** Bit k: remedy k of `remedyTypes` was given. 0 = unknown. */
  readonly remedies: Uint8Array;
  /** Index of the customer, from 1; 0 = unknown. */
  readonly customer: Int32Array;
  /** Days since the same customer's previous case of the same cause; `neverBefore` when there is none. */
  readonly daysSincePrevious: Int32Array;
  /** 1 = the case joined its cause by its contact reason alone, having no text. */
  readonly joinedByReason: Uint8Array;
  /** 0 = unknown, else 1 + the number of reopenings (capped at 254). */
  readonly reopenings: Uint8Array;
  /** Minor units; NaN = unknown. */
  readonly compensationMinor: Float64Array;
  /** The one currency of all amounts; `null` where there is none, or several, which nobody may add up. */
  readonly currency: string | null;
  /** Causes by their code; index 0 stands for "no cause known" and is undefined. */
  readonly causes: readonly (CauseFact | undefined)[];
}

/** Two bytes a case, four where the dictionary has more values than two bytes tell apart. */
export type Codes = Uint16Array | Uint32Array;

export interface DictionaryEntry {
  /** Value in URLs and CSV; `null` is "unknown". */
  value: string | null;
  label: string;
}

export interface CauseFact {
  causeId: number;
  name: string;
  category: Category | null;
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

/** `outcomeDay` of a case that is not resolved: after every real day. */
export const stillOpen: Day = 2 ** 31 - 1;
/** `daysSincePrevious` of a customer's first case of a cause. */
export const neverBefore = 2 ** 31 - 1;

/** Codes of enumerations follow the order of analytics/case.ts, from 1. */
export function outcomeCode(outcome: Outcome): number {
  return outcomes.indexOf(outcome) + 1;
}

export function categoryCode(category: Category | null): number {
  return category === null ? 0 : categories.indexOf(category) + 1;
}

export function remedyBit(remedy: RemedyType): number {
  return 1 << remedyTypes.indexOf(remedy);
}

/** The case id of a row as the UUID that the database and the pages use. */
export function caseIdAt(facts: Facts, row: number): string {
  const hex = Buffer.from(facts.caseIds.subarray(row * 16, row * 16 + 16)).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Name dictionaries of the database: id -> name, index 0 unused. */
export type NameDictionaries = Readonly<Record<NameField, readonly (string | undefined)[]>>;
