import type { CaseField } from "#db/imports/map/case-fields.ts";
import type { ControlValues } from "./mapping-controls.ts";

/** What the page of a draft's mapping shows. Plain data. */
export interface MappingView {
  headline: string;
  /** Rows of the file that were looked at. */
  rows: number;
  /** Columns that become fields, and those that don't. */
  mapped: ColumnView[];
  unmapped: ColumnView[];
  /** What stands in the form's controls. */
  values: ControlValues;
  /** What must be settled before a load, each with the place of its answer. */
  questions: { sentence: string; href: string }[];
  warnings: string[];
  fixed: FixedView;
  /** The file's columns, as choices for a folding. */
  columns: readonly string[];
  /** It must be said whether a row is a case or an event of one. */
  asksFolding: boolean;
}

export interface ColumnView {
  /** Position among the columns; the anchor of its row is made of it. */
  index: number;
  name: string;
  /** Rows in which it holds something; `null` where the program adds it. */
  filled: number | null;
  samples: readonly string[];
  rules: RuleView[];
  /** What must be settled here. */
  questions: string[];
}

/** How a field is read from its column, and what may be answered about that. */
export type RuleView = { index: number; field: CaseField } & (
  | { as: "text" }
  | { as: "number" }
  | { as: "after" }
  | { as: "time"; orders: OrderView[]; isAmbiguous: boolean }
  | { as: "presence"; choices: WordChoice[] | null }
  | { as: "words"; pairs: PairView[]; unnamed: WordView[]; choices: WordChoice[] | null }
);

export interface OrderView {
  order: string;
  label: string;
  /** A cell of the column as this order reads it; `null` where it can't. */
  example: { cell: string; moment: string } | null;
}

export interface WordView {
  theirs: string;
  /** Rows with it; `null` where they were not counted. */
  count: number | null;
}

/** A word that a pair of the rule names: the pair’s position in it. */
export interface PairView extends WordView {
  pair: number;
}

export interface WordChoice {
  value: string;
  label: string;
}

/** What is the same for every row. */
export interface FixedView {
  constants: { index: number; field: CaseField }[];
  /** No rule tells the source system. */
  asksSystem: boolean;
}

/** Anchor of a column's row. */
export function columnAnchor(index: number): string {
  return `column-${index}`;
}

export const tableAnchor = "columns";
export const fixedAnchor = "every-row";
export const foldingAnchor = "several-rows";
