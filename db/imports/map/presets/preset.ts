import type { CaseRecord } from "#analytics/case.ts";

export type RejectionCode =
  | "csv_syntax"
  | "row_width"
  | "missing"
  | "not_a_date"
  | "not_a_number"
  | "not_allowed"
  | "inconsistent"
  | "too_long"
  | "nul_character";

/** Why a row was not loaded: the column and value that stopped it, where it was one. */
export interface Rejection {
  column: string | null;
  value: string | null;
  code: RejectionCode;
  reason: string;
}

export type Reading = { record: CaseRecord } | { rejection: Rejection };

/** Reads one row's cells, in the order of the header that the preset recognised, and as many. */
export type RowReader = (cells: readonly string[]) => Reading;

/** How one kind of export becomes cases. */
export interface Preset {
  name: string;
  /** What the screens call the source. */
  title: string;
  /** What a reader of its figures must know, in whole sentences. */
  notes: readonly string[];
  /** The number of cases a month says how the extract was cut, not what happened: no page may say rose or fell. */
  volumeIsArtefact: boolean;
  /** It tells some outcomes and is silent about the others (only disputes, say): no share of outcomes means anything. */
  outcomesArePartial: boolean;
  /** The attribute that names a company, so that no cause is named after one; `null` where there is none. */
  companyAttribute: string | null;
  /** The columns without which a header is not this export. */
  requiredColumns: readonly string[];
  /** A reader for these (trimmed) headers; `null` where they are not this export. */
  recognise(headers: readonly string[]): RowReader | null;
  /** The source's column that a field of the record was read from. */
  columnOf(field: string): string;
}
