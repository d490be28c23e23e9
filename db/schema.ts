import type { ColumnType, Generated, Kysely } from "kysely";
import type { CaseRecord, NameField, RemedyType, TextField } from "#analytics/case.ts";
import type { CategoryWords } from "#analytics/causes/category-words.ts";
import type {
  AnalysisRuns,
  Assigners,
  CaseCauses,
  CaseCodes,
  CauseLineage,
  Causes,
  Clusters,
  CodingSampleCases,
  CodingSamples,
  HumanEdits,
  SplitCases,
  UnassignedCases,
} from "./schema-causes.ts";
import type { ApiRequests, DatabaseSources, Imports, RejectedRows, SavedMappings } from "./schema-imports.ts";
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
