import type { ColumnType, Generated, Kysely } from "kysely";
import type { CaseRecord, Category, NameField, RemedyType, TextField } from "#analytics/case.ts";
import type { CategoryWords } from "#analytics/causes/category-words.ts";
import type { Mapping } from "./imports/map/mapping.ts";
import type { Layout } from "./imports/read/layout.ts";
import type { RetrospectiveFactors, RetrospectiveFixes, Retrospectives } from "./schema-retrospectives.ts";
import type {
  CauseCalls,
  EffectivenessChecks,
  FixVerdicts,
  SecondFixes,
  ToldCustomers,
  TrainingDecisions,
} from "./schema-second-fixes.ts";

/**
 * The tables as Kysely sees them. Every key leads with `workspace_id`, and `case_id` is in every key of a table
 * that grows with the cases, so that a distributed engine can place them (docs/decisions/003).
 * `timestamptz` arrives as a UTC ISO string, `date` as `YYYY-MM-DD`, `bigint` as a number (db/engine/types.ts).
 */
export interface Schema {
  workspaces: Workspaces;
  job_progress: JobProgress;
  "jobs.job": SharedJob;
  names: Names;
  cases: Cases;
  case_texts: CaseTexts;
  case_words: CaseWords;
  case_versions: CaseVersions;
  segment_versions: SegmentVersions;
  case_segments: CaseSegments;
  imports: Imports;
  rejected_rows: RejectedRows;
  saved_mappings: SavedMappings;
  api_requests: ApiRequests;
  database_sources: DatabaseSources;
  analysis_runs: AnalysisRuns;
  clusters: Clusters;
  causes: Causes;
  case_causes: CaseCauses;
  unassigned_cases: UnassignedCases;
  assigners: Assigners;
  cause_lineage: CauseLineage;
  human_edits: HumanEdits;
  coding_samples: CodingSamples;
  coding_sample_cases: CodingSampleCases;
  case_codes: CaseCodes;
  split_cases: SplitCases;
  cause_calls: CauseCalls;
  second_fixes: SecondFixes;
  effectiveness_checks: EffectivenessChecks;
  fix_verdicts: FixVerdicts;
  told_customers: ToldCustomers;
  playbooks: Playbooks;
  exposure_series: ExposureSeries;
  exposure_days: ExposureDays;
  training_decisions: TrainingDecisions;
  retrospectives: Retrospectives;
  retrospective_factors: RetrospectiveFactors;
  retrospective_fixes: RetrospectiveFixes;
  reviews: Reviews;
  saved_views: SavedViews;
  audit_events: AuditEvents;
}

/** A connection, or a transaction on one: what query functions take first. */
export type Database = Kysely<Schema>;

/** JSON goes in as text that we serialised and comes out parsed. */
export type Json<T> = ColumnType<T, string, string>;

export interface Workspaces {
  id: number;
  name: string;
  time_zone: string;
  fiscal_year_start_month: Generated<number>;
  simulated: Generated<boolean>;
  /** Rises with each commit that changes what the columns hold: the columns are rebuilt when it has moved. */
  data_version: Generated<number>;
  /** The run whose assignments the pages show. */
  current_run_id: number | null;
  /** The words that point to a category, where a person has changed them; `null`: the ones that the product brings. */
  category_words: ColumnType<CategoryWords | null, string | null | undefined, string | null>;
  created_at: Generated<string>;
}

/** Dictionaries of names that many cases share. Ids are dense from 1 per (workspace, field). */
export interface Names {
  workspace_id: number;
  field: NameField;
  id: number;
  name: string;
}

type NameIds = { [F in NameField as `${F}_id`]: number | null };
/** What the row has as the record has it; its times are instants here, also those that a source gave as days. */
type RecordFields = Omit<CaseRecord, NameField | TextField | "attributes">;

export interface Cases extends NameIds, RecordFields {
  workspace_id: number;
  /** Name-based UUID of (workspace, source system, source case id): the same case has the same id on every load. */
  case_id: string;
  /** Bit k set: the k-th time of `timeFields` is a local calendar day, stored as that day's first instant. */
  date_only_fields: Generated<number>;
  /** Local day of `occurred_at`, else `received_at`, else `resolved_at`: what incidence is dated by. */
  incidence_day: string;
  /** Local day of `resolved_at`, else the incidence day; null while the case is open. */
  outcome_day: string | null;
  /** Hash of the record as the source gave it: tells "updated" from "unchanged". */
  content_hash: string;
  import_id: number;
}

export interface CaseTexts extends Record<TextField, string | null> {
  workspace_id: number;
  case_id: string;
  attributes: Json<Record<string, string>>;
}

/** Words of a case's texts, for the search; made after the load, so that a load does not wait for them. */
export interface CaseWords {
  workspace_id: number;
  case_id: string;
  words: string;
}

/**
 * What a later import replaced: cases are stacks of values, one an import, of which `cases` and `case_texts` hold the
 * top one. Undoing an import takes its value out of the stack, wherever it lies.
 */
export interface CaseVersions {
  workspace_id: number;
  case_id: string;
  /** The import that put its value on top of this one. */
  replaced_by: number;
  /** The import whose value this is. */
  import_id: number;
  /** The rows of `cases` and `case_texts` as they were. */
  case_row: Json<Record<string, unknown>>;
  text_row: Json<Record<string, unknown>>;
}

/** As of which `data_version` the cases of a calendar month of incidence days, or the causes of these, last changed. */
export interface SegmentVersions {
  workspace_id: number;
  /** Its first day. */
  month: string;
  cases_at: number;
  causes_at: number;
}

/** One column of a month, made from its cases; stale where its version is not that of the month. */
export interface CaseSegments {
  workspace_id: number;
  month: string;
  /** A name of analytics/facts/case-columns.ts, or `attributes`: what the source says beside the fields of a case. */
  column_name: string;
  version: number;
  rows: number;
  /** app/server/segments/pack-column.ts says how. */
  data: Uint8Array;
}

/**
 * `draft`: uploaded, its mapping is not confirmed yet. `paused`: it waits for a person, since many rows are rejected
 * or the disk is nearly full. `undone`: what it had brought is taken away again.
 */
export type ImportState = "draft" | "running" | "paused" | "finished" | "failed" | "undone";

/** Why a load waits for a person. */
export type PauseReason = "rejected_rows" | "disk_space";

export interface Imports {
  workspace_id: number;
  import_id: number;
  file_name: string;
  size_bytes: number;
  sha256: string;
  preset: string;
  /** The header of the file, so that rejected rows can be given back under it; empty where there was no file. */
  columns: ColumnType<string[], string | undefined, string>;
  state: ImportState;
  /** Data rows that are committed; a resumed import goes on after them. */
  cursor_row: Generated<number>;
  new_rows: Generated<number>;
  updated_rows: Generated<number>;
  unchanged_rows: Generated<number>;
  rejected_rows: Generated<number>;
  open_rows: Generated<number>;
  /** Field name -> how many of the accepted rows carry it. */
  coverage: Json<Record<string, number>>;
  /** Why it failed, or why it waits. */
  failure: string | null;
  started_at: Generated<string>;
  finished_at: string | null;
  /** `records`: made by this program (the demo). `database`: read from another SQL database. */
  kind: Generated<"file" | "records" | "api" | "database">;
  /** Name of the uploaded file in the directory of uploads, as long as it is needed. */
  upload: string | null;
  /** Encoding of the file, where it is not told by the file itself and a person or the program chose it. */
  text_encoding: string | null;
  layout: Json<Layout> | null;
  mapping: Json<Mapping> | null;
  /** What was found in the file before its mapping was confirmed. */
  examination: Json<unknown> | null;
  /** What the load would do, as far as it was tried. */
  dry_run: Json<unknown> | null;
  /** Rows of the source, once they are counted. */
  total_rows: number | null;
  /** Accepted rows that are further events of a case. */
  folded_rows: Generated<number>;
  /** A person has agreed that more than a fifth of the rows are left out. */
  rejected_accepted: Generated<boolean>;
  /** Why a paused load waits; what it says to people stands in `failure`. */
  paused_for: PauseReason | null;
  /** The words of its cases can be searched for. */
  words_indexed: Generated<boolean>;
  undone_at: string | null;
}

export interface SavedMappings {
  workspace_id: number;
  name: string;
  mapping: Json<Mapping>;
  saved_at: Generated<string>;
}

/** Answers to API requests by their Idempotency-Key: the same request again gets the same answer. */
export interface ApiRequests {
  workspace_id: number;
  idempotency_key: string;
  body_sha256: string;
  response: Json<unknown>;
  made_at: Generated<string>;
}

/** How far another database was read: the highest updated-at that was loaded. */
export interface DatabaseSources {
  workspace_id: number;
  source: string;
  cursor: string;
  moved_at: Generated<string>;
}

export interface RejectedRows {
  workspace_id: number;
  import_id: number;
  /** Of the source's rows, from 1. */
  row_number: number;
  /** Line of the file where the record starts, from 1. */
  line: number;
  column_name: string | null;
  value: string | null;
  code: string;
  reason: string;
  /** The record's cells as they stood in the file. */
  cells: Json<string[]>;
}

export interface AnalysisRuns {
  workspace_id: number;
  run_id: number;
  method_id: string;
  seed: number;
  /** `finished`: it is or was published. `proposed`: it waits for a person to accept or discard it. */
  state: "running" | "finished" | "failed" | "cancelled" | "proposed" | "discarded";
  case_count: number;
  failure: string | null;
  /** Before it read the first case: a load that finished later is not in it. */
  started_at: Generated<string>;
  finished_at: string | null;
  /** The run whose causes its clusters were matched to; `null`: there was none, or it is not known any more. */
  base_run_id: number | null;
  published_at: string | null;
}

/** What the machine proposes in one run; `cause_id` is the identity that it was matched to. */
export interface Clusters {
  workspace_id: number;
  run_id: number;
  cluster_id: number;
  cause_id: number;
  size: number;
  basis: "text" | "contact_reason";
  label: string;
  keyphrases: Json<string[]>;
  exemplar_case_id: string;
  category: Category | null;
  category_confidence: number;
  category_reason: string;
  /** As in `causes`; `null` too where an early run did not keep it. */
  stability: number | null;
}

export type CauseState =
  | "open"
  | "under_investigation"
  | "cause_identified"
  | "fix_in_progress"
  | "under_observation"
  | "closed_verified";

export interface Causes {
  workspace_id: number;
  cause_id: number;
  /** The machine's label of the latest run. */
  label: string;
  /** A person's name for it: always wins. */
  name: string | null;
  category: Category | null;
  /** Who said so: a suggestion of the machine is replaced by the next run, a person's word never. */
  category_source: "machine" | "person" | null;
  category_confidence: number | null;
  category_reason: string | null;
  keyphrases: Json<string[]>;
  exemplar_case_id: string | null;
  basis: "text" | "contact_reason";
  /** How surely trials from scratch find it again, 0 to 1, in the latest run; `null`: it rests on the contact reason alone. */
  stability: number | null;
  /** The cause that a person has merged it into: it stands for both wherever causes are read. */
  merged_into: number | null;
  /** A person says that it is no cause: its cases count as without one. */
  set_aside: Generated<boolean>;
  state: Generated<CauseState>;
  substatus: "new" | "ongoing" | "escalating" | "regressed" | null;
  first_run_id: number;
  /** The run in which it vanished; its cases went elsewhere. */
  vanished_run_id: number | null;
}

export interface CaseCauses {
  workspace_id: number;
  run_id: number;
  case_id: string;
  cause_id: number;
  basis: "text" | "contact_reason" | "person";
  similarity: number | null;
  terms: Json<string[]>;
  /** It came after the run, and the cases most like it voted; the next run looks at it itself. */
  voted: Generated<boolean>;
}

/** Cases that a run has seen and found to fit no cause, also those that came after it. */
export interface UnassignedCases {
  workspace_id: number;
  run_id: number;
  case_id: string;
  because: "few_alike" | "nothing_known";
}

/** What assigns cases that come after the current run (analytics/causes/assigner-bytes.ts); one a workspace, up to 17 MB. */
export interface Assigners {
  workspace_id: number;
  run_id: number;
  content: Uint8Array;
}

/** What became of causes in a run: of a split and a merge, cases went from `cause_id` to `other_cause_id`. */
export interface CauseLineage {
  workspace_id: number;
  run_id: number;
  cause_id: number;
  event: "new" | "grown" | "split" | "merged" | "vanished";
  other_cause_id: number;
  share: number;
  /** That it has, gained, gave away or had; `null`: an early run did not keep it. */
  cases: number | null;
}

/** What a person decided about causes: rules that hold in every later run. */
export interface HumanEdits {
  workspace_id: number;
  edit_id: number;
  kind:
    | "rename"
    | "set_category"
    | "merge"
    | "split"
    | "promote"
    | "move"
    | "pin"
    | "contribute"
    | "not_a_cause";
  cause_id: number;
  case_id: string | null;
  detail: Json<Record<string, string | null>>;
  reason: string | null;
  actor: string;
  made_at: Generated<string>;
  undone_at: string | null;
}

/** A sample of cases that people code without knowing what is published of them. */
export interface CodingSamples {
  workspace_id: number;
  /** Also the seed of the draw. */
  sample_id: number;
  /** The run that was published when it was drawn: what the sample tells is about that one. */
  run_id: number;
  /** The causes that a coder could choose from, the largest first, as they were then. */
  codebook: Json<{ causeId: number; name: string }[]>;
  /** How many cases there were to draw from. */
  drawn_from: number;
  actor: string;
  drawn_at: Generated<string>;
}

/** A drawn case, with what was published of it then; nothing later changes that. */
export interface CodingSampleCases {
  workspace_id: number;
  sample_id: number;
  case_id: string;
  /** From 1, in the order in which the cases are coded. */
  place: number;
  cause_id: number | null;
  category: Category | null;
}

/** What one person says of a drawn case. `null`: none of the causes; the category can't be told. */
export interface CaseCodes {
  workspace_id: number;
  sample_id: number;
  case_id: string;
  coder: string;
  cause_id: number | null;
  category: Category | null;
  coded_at: Generated<string>;
}

/**
 * What a person's word on many cases at once says of each. A split of a cause (`human_edits.kind = 'split'`, of which the
 * new cause is the `cause_id`): whether the case belongs to the new one or to the old one. A cause that was made of
 * emerging cases (`promote`): that it belongs to that cause.
 */
export interface SplitCases {
  workspace_id: number;
  edit_id: number;
  case_id: string;
  cause_id: number;
}

/** How the cases of a cause are to be handled, by version: none is ever changed. A rule that is `null` is not set. */
export interface Playbooks {
  workspace_id: number;
  cause_id: number;
  version: number;
  /** A day of the workspace, with one version at most. */
  in_force_from: string;
  helpers: string[] | null;
  highest_level: number | null;
  /** Empty: nothing may be offered. */
  offers: RemedyType[] | null;
  ceiling_minor: number | null;
  ceiling_currency: string | null;
  notes: string | null;
  /** Why the version before it was not good enough. */
  reason: string | null;
  actor: string;
  made_at: Generated<string>;
}

export interface ExposureSeries {
  workspace_id: number;
  series_id: number;
  name: string;
  /** What is counted, in plain words: "orders". */
  unit: string;
  scope: "all" | "product" | "team";
  actor: string;
  made_at: Generated<string>;
}

export interface ExposureDays {
  workspace_id: number;
  series_id: number;
  /** A product or a team; empty where the scope is all. */
  scope_value: string;
  day: string;
  value: number;
}

/** A frozen quarter. */
export interface Reviews {
  workspace_id: number;
  review_id: number;
  period_from: string;
  period_to: string;
  as_of: string;
  run_id: number | null;
  content: Json<unknown>;
  sha256: string;
  frozen_at: Generated<string>;
}

export interface SavedViews {
  workspace_id: number;
  view_id: number;
  name: string;
  query: string;
  owner: string | null;
}

export interface AuditEvents {
  workspace_id: number;
  event_id: Generated<number>;
  at: Generated<string>;
  actor: string;
  action: string;
  object_type: string;
  object_id: string;
  before: Json<Record<string, unknown>> | null;
  after: Json<Record<string, unknown>> | null;
}

/** How far the job of a workspace has come, or how the last one ended where there is something to say of it. */
export interface JobProgress {
  workspace_id: number;
  job_id: string;
  kind: JobKind;
  stage: string;
  /** 0 to 1. */
  share: Generated<number>;
  /** When it should be done; `null` until it can be known. */
  ends_at: string | null;
  /** `null` while it is under way. */
  outcome: "cancelled" | "failed" | null;
  reason: string | null;
}

/** What a job is for: the cases that a load brought, or a proposal that a person asked for. */
export type JobKind = "load" | "proposal";

/** What we read of the table of pg-boss, which alone writes it (db/shared-jobs.ts). */
export interface SharedJob {
  id: string;
  name: string;
  state: "created" | "retry" | "active" | "completed" | "cancelled" | "failed";
  data: { workspaceId: number; kind: JobKind };
  /** The workspace's id as text. */
  group_id: string | null;
}
