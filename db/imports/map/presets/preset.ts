import type { CaseRecord, TimeField } from "#analytics/case.ts";
import type { EventFolding } from "../../read/fold-events.ts";
import type { CaseField } from "../case-fields.ts";
import type { DurationUnit, Otherwise, WordPair } from "../mapping.ts";

export type RejectionCode =
  | "csv_syntax"
  | "json_syntax"
  | "row_width"
  | "missing"
  | "not_a_date"
  | "not_a_number"
  | "not_allowed"
  | "inconsistent"
  | "too_long"
  | "nul_character"
  | "lone_surrogate";

/** Why a row was not loaded: the column and value that stopped it, where it was one. */
export interface Rejection {
  column: string | null;
  value: string | null;
  code: RejectionCode;
  reason: string;
}

export type Reading = { record: CaseRecord } | { rejection: Rejection };

/** How one kind of export becomes cases: data, since most exports differ in names and words only. */
export interface Preset {
  name: string;
  /** What the screens call the source. */
  title: string;
  /** `source_system` of its cases; `null`: a column says it. */
  sourceSystem: string | null;
  /** What a reader of its figures must know, in whole sentences. */
  notes: readonly string[];
  /** The number of cases a month says how the extract was cut, not what happened: no page may say rose or fell. */
  volumeIsArtefact: boolean;
  /** It tells some outcomes and is silent about the others (only disputes, say): no share of outcomes means anything. */
  outcomesArePartial: boolean;
  /** The attribute that names a company, by its spellings, so that no cause is named after one; `null`: there is none. */
  companyAttribute: readonly string[] | null;
  /** A header with all of these is this export: each by one of its spellings. */
  signature: readonly (readonly string[])[];
  /** Further columns that the export has, mapped or not. */
  known: readonly string[];
  rules: readonly PresetRule[];
  /** Cells that mean "nothing" here, beside those of every source. */
  nulls?: readonly string[];
  /** Columns that are neither read nor kept. */
  dropped?: readonly string[];
  /** Set where the export has several rows a case, by columns that tell so. */
  events?: PresetEvents;
}

export interface PresetEvents {
  /** With all of these columns it is an event log. */
  signature: readonly string[];
  folding: EventFolding;
}

/** A rule for the first of `columns` that the header has; what only the cells can tell (the order of dates) is left open. */
export type PresetRule = { field: CaseField; columns: readonly string[]; kept?: true } & PresetReading;

export type PresetReading =
  | { as: "text"; digits?: true }
  | { as: "time"; timeZone?: string }
  | { as: "after"; since: TimeField; unit: DurationUnit }
  | { as: "number"; times?: number; plus?: number }
  /** Without `values`: by the words that help desks use. */
  | { as: "words"; values?: readonly WordPair[]; otherwise?: Otherwise; separator?: string }
  | { as: "presence"; given: string; empty: string };

/** What most presets say of themselves. */
export const plainPreset = {
  notes: [],
  volumeIsArtefact: false,
  outcomesArePartial: false,
  companyAttribute: null,
} as const;

/** The note of a source that has no outcome: none is made up from a case's being closed. */
export const outcomesUnknown =
  "The source tells whether a case is closed, and not how it ended for the customer: outcomes are unknown.";

/** Names of columns, several between commas. */
export function names(...lists: string[]): string[] {
  return lists.flatMap((list) => list.split(", "));
}

/** The common case: a field that is a column. Each of `columns` may be several names between commas. */
export function text(field: CaseField, ...columns: string[]): PresetRule {
  return { field, columns: names(...columns), as: "text" };
}

export function time(field: TimeField, ...columns: string[]): PresetRule {
  return { field, columns: names(...columns), as: "time" };
}

export function count(field: CaseField, ...columns: string[]): PresetRule {
  return { field, columns: names(...columns), as: "number" };
}

/** A column of words that help desks use; it stays an attribute, since ours are fewer. */
export function words(field: CaseField, ...columns: string[]): PresetRule {
  return { field, columns: names(...columns), as: "words", kept: true };
}
