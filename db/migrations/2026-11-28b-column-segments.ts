import { type Kysely, sql } from "kysely";

/** The columns of each month, made from its cases and kept; and as of which change of the data they are right. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table segment_versions (
    workspace_id int not null,
    month date not null,
    cases_at bigint not null,
    causes_at bigint not null,
    primary key (workspace_id, month)
  )`.execute(db);
  await sql`create table case_segments (
    workspace_id int not null,
    month date not null,
    column_name text not null,
    version bigint not null,
    rows int not null,
    data bytea not null,
    primary key (workspace_id, month, column_name)
  )`.execute(db);
  // It is compressed already.
  await sql`alter table case_segments alter column data set storage external`.execute(db);
  await sql`insert into segment_versions (workspace_id, month, cases_at, causes_at)
    select m.workspace_id, m.month, w.data_version, w.data_version
    from (select distinct workspace_id, date_trunc('month', incidence_day)::date as month from cases) m
    join workspaces w on w.id = m.workspace_id`.execute(db);
}
