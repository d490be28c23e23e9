import type { ColumnType, Generated } from "kysely";

/** The texts of a retrospective, by what each answers. */
export type RetrospectiveText = "trigger" | "cause" | "escape_cause" | "went_well" | "surprises" | "lessons";

export type RetrospectiveState = "draft" | "reviewed" | "published";

/** What of a retrospective is read as a whole and counted nowhere. */
export interface RetrospectiveBody {
  /** Markdown; an empty one is not there. */
  texts: Partial<Record<RetrospectiveText, string>>;
  whys: string[];
  /** What shall be done and is no second fix yet. */
  actions: string[];
}

/** What the head of an imported file said became of the retrospective where it came from. */
export type ImportedFrom = Record<string, string>;

export interface Retrospectives {
  workspace_id: number;
  retrospective_id: number;
  /** It is of a cause or of a case: one of the two. */
  cause_id: number | null;
  case_id: string | null;
  state: Generated<RetrospectiveState>;
  title: string;
  body: ColumnType<RetrospectiveBody, string, string>;
  /** All that it says, for the search. */
  words: string;
  /** Rises with each change, so that nobody writes over what they have not seen. */
  revision: Generated<number>;
  written_at: Generated<string>;
  written_by: string;
  changed_at: Generated<string>;
  changed_by: string;
  reviewed_at: string | null;
  reviewed_by: string | null;
  published_at: string | null;
  published_by: string | null;
  imported: ColumnType<ImportedFrom | null, string | null, string | null>;
}

/** What contributed, in the order in which it was written. */
export interface RetrospectiveFactors {
  workspace_id: number;
  retrospective_id: number;
  place: number;
  factor: string;
}

/** Second fixes that came out of a retrospective. */
export interface RetrospectiveFixes {
  workspace_id: number;
  retrospective_id: number;
  place: number;
  fix_id: number;
}
