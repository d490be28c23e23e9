import { type Kysely, sql } from "kysely";

/** Words of the categories that a workspace has of its own, and samples of cases that people code by themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table workspaces add column category_words jsonb`.execute(db);
  await sql`create table coding_samples (
    workspace_id int not null,
    sample_id int not null,
    run_id int not null,
    codebook jsonb not null,
    drawn_from int not null,
    actor text not null,
    drawn_at timestamptz not null default now(),
    primary key (workspace_id, sample_id)
  )`.execute(db);
  await sql`create table coding_sample_cases (
    workspace_id int not null,
    sample_id int not null,
    case_id uuid not null,
    place int not null,
    cause_id int,
    category text check (category in ('product', 'process', 'staff_training')),
    primary key (workspace_id, sample_id, case_id)
  )`.execute(db);
  await sql`create table case_codes (
    workspace_id int not null,
    sample_id int not null,
    case_id uuid not null,
    coder text not null,
    cause_id int,
    category text check (category in ('product', 'process', 'staff_training')),
    coded_at timestamptz not null default now(),
    primary key (workspace_id, sample_id, case_id, coder)
  )`.execute(db);
}
