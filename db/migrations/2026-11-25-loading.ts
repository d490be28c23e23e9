import { type Kysely, sql } from "kysely";

/**
 * Imports that begin as drafts, can pause and can be undone; the value that an update replaced; the words of texts in
 * a table of their own, so that a load does not wait for the index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  "alter table imports drop constraint imports_state_check",
  `alter table imports
    add constraint imports_state_check
      check (state in ('draft', 'running', 'paused', 'finished', 'failed', 'undone')),
    add column kind text not null default 'file' check (kind in ('file', 'records', 'api', 'database')),
    add column upload text,
    add column text_encoding text,
    add column layout jsonb,
    add column mapping jsonb,
    add column examination jsonb,
    add column dry_run jsonb,
    add column total_rows int,
    add column folded_rows int not null default 0,
    add column rejected_accepted boolean not null default false,
    add column paused_for text check (paused_for in ('rejected_rows', 'disk_space')),
    add column words_indexed boolean not null default false,
    add column undone_at timestamptz`,
  // Of a JSON array on one line every row has the same line.
  "alter table rejected_rows add column row_number int",
  "update rejected_rows set row_number = line",
  `alter table rejected_rows
    alter column row_number set not null,
    drop constraint rejected_rows_pkey,
    add primary key (workspace_id, import_id, row_number)`,
  "create index cases_by_import on cases (workspace_id, import_id)",
  `create table case_versions (
    workspace_id int not null,
    case_id uuid not null,
    replaced_by int not null,
    import_id int not null,
    case_row jsonb not null,
    text_row jsonb not null,
    primary key (workspace_id, case_id, replaced_by)
  )`,
  "create index case_versions_by_import on case_versions (workspace_id, import_id, case_id)",
  "drop index case_texts_search",
  `create table case_words (
    workspace_id int not null,
    case_id uuid not null,
    words tsvector not null,
    primary key (workspace_id, case_id)
  )`,
  "create index case_words_search on case_words using gin (words)",
  `create table saved_mappings (
    workspace_id int not null,
    name text not null,
    mapping jsonb not null,
    saved_at timestamptz not null default now(),
    primary key (workspace_id, name)
  )`,
  `create table api_requests (
    workspace_id int not null,
    idempotency_key text not null,
    body_sha256 text not null,
    response jsonb not null,
    made_at timestamptz not null default now(),
    primary key (workspace_id, idempotency_key)
  )`,
  `create table database_sources (
    workspace_id int not null,
    source text not null,
    cursor text not null,
    moved_at timestamptz not null default now(),
    primary key (workspace_id, source)
  )`,
];
