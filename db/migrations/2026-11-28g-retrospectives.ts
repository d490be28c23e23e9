import { type Kysely, sql } from "kysely";

/**
 * Retrospectives with who wrote, reviewed and published them, the factors that contributed (rows, so that they are
 * counted), and the second fixes that came out of them. Takes the place of a table that no version has written to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table retrospectives`.execute(db);
  await sql`create table retrospectives (
    workspace_id int not null,
    retrospective_id int not null,
    cause_id int,
    case_id uuid,
    state text not null default 'draft' check (state in ('draft', 'reviewed', 'published')),
    title text not null,
    body jsonb not null,
    words text not null,
    revision int not null default 1,
    written_at timestamptz not null default now(),
    written_by text not null,
    changed_at timestamptz not null default now(),
    changed_by text not null,
    reviewed_at timestamptz,
    reviewed_by text,
    published_at timestamptz,
    published_by text,
    imported jsonb,
    primary key (workspace_id, retrospective_id),
    check (num_nonnulls(cause_id, case_id) = 1),
    check ((state = 'draft') = (reviewed_at is null)),
    check ((state = 'published') = (published_at is not null)),
    check ((reviewed_at is null) = (reviewed_by is null)),
    check ((published_at is null) = (published_by is null))
  )`.execute(db);
  await sql`create table retrospective_factors (
    workspace_id int not null,
    retrospective_id int not null,
    place int not null,
    factor text not null,
    primary key (workspace_id, retrospective_id, place)
  )`.execute(db);
  await sql`create table retrospective_fixes (
    workspace_id int not null,
    retrospective_id int not null,
    place int not null,
    fix_id int not null,
    primary key (workspace_id, retrospective_id, place),
    unique (workspace_id, retrospective_id, fix_id)
  )`.execute(db);
  await sql`create index audit_events_by_object
    on audit_events (workspace_id, object_type, object_id, event_id)`.execute(db);
}
