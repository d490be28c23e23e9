import type { TimeField } from "#analytics/case.ts";
import type { EventFolding } from "../read/fold-events.ts";
import type { CaseField } from "./case-fields.ts";

/**
 * How the columns of a source become the fields of a case. Plain JSON: a preset proposes one, a person may change it,
 * it is stored with the import and can be saved by name.
 */
export interface Mapping {
  /** Name of the preset that proposed it: its notes are shown beside the figures. */
  preset: string;
  /** Several rules for one field: the first that finds something in its cell gives the value. */
  rules: readonly FieldRule[];
  /** Columns that are neither read nor kept. Every column that no rule takes whole becomes an attribute. */
  dropped: readonly string[];
  /** Cells that mean "nothing", beside the empty one: compared whole, after trimming, case and all. */
  nulls: readonly string[];
  /** Set where the source has several rows a case. */
  events: EventFolding | null;
  /** Columns about which a person has settled what their cells leave open. */
  answered?: readonly string[];
  /** `fixtwice`: our own export, whose cells are guarded against formulas and whose attributes are named by a prefix. */
  dialect: "plain" | "fixtwice";
}

export type FieldRule = { field: CaseField } & (FromConstant | FromContent | (FromColumn & Interpretation));

/** The same value for every case: `source_system` mostly. */
export interface FromConstant {
  as: "constant";
  value: string;
}

/** Only for `source_case_id`, where the source has no id: a hash of the row, so that the same row is the same case. */
export interface FromContent {
  as: "content";
}

export interface FromColumn {
  column: string;
  /** The column stays an attribute too, since the field does not hold all that it says. */
  kept?: boolean;
}

export type Interpretation =
  /** `digits`: a text of other characters is refused. */
  | { as: "text"; digits?: boolean }
  | TimeReading
  /** A duration that began at another time of the case: minutes to the first reply after it was received. */
  | { as: "after"; since: TimeField; unit: DurationUnit }
  /** A number times `times` plus `plus`: -1 makes transfers of assignee stations, 100 makes cents of euros. */
  | { as: "number"; times: number; plus: number }
  /** Their words to ours, compared without case. Several words of one cell are parted by `separator`. */
  | { as: "words"; values: readonly WordPair[]; otherwise: Otherwise; separator?: string }
  /** One word where the cell holds something and another where it doesn't: resolved where there is a closing date. */
  | { as: "presence"; given: string; empty: string };

export type WordPair = readonly [theirs: string, ours: string | null];

/** What a word that no pair names becomes: a rejected row, itself (where it is one of ours), or a word of ours. */
export type Otherwise = "reject" | "same" | { value: string | null };

export type DurationUnit = "seconds" | "minutes" | "hours" | "days";

export interface TimeReading {
  as: "time";
  order: DateOrder;
  /** `day`: a time of exactly midnight means that the source knew the day only. */
  midnight: "instant" | "day";
  /** Of times without an offset: an IANA name; `null`: the workspace's own. */
  timeZone: string | null;
}

/** One answer a column. `ymd` takes ISO instants too; in all orders a month may be written by its English name. */
export type DateOrder = "ymd" | "dmy" | "mdy" | "unix_seconds" | "unix_milliseconds" | "excel_serial";
