import type { ColumnType, Generated } from "kysely";
import type { Mapping } from "./imports/map/mapping.ts";
import type { Layout } from "./imports/read/layout.ts";
import type { Json } from "./schema.ts";

// The tables of what is loaded, and how it was read.

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
