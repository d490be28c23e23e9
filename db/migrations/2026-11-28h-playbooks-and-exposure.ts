import { type Kysely, sql } from "kysely";

/** How the cases of a cause are to be handled, in versions; and how much there was of what cases come from, day by day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table playbooks (
    workspace_id int not null,
    cause_id int not null,
    version int not null check (version >= 1),
    in_force_from date not null,
    helpers text[] check (cardinality(helpers) > 0),
    highest_level int check (highest_level >= 0),
    offers text[],
    ceiling_minor bigint check (ceiling_minor >= 0),
    ceiling_currency text,
    notes text,
    reason text,
    actor text not null,
    made_at timestamptz not null default now(),
    primary key (workspace_id, cause_id, version),
    unique (workspace_id, cause_id, in_force_from),
    check ((ceiling_minor is null) = (ceiling_currency is null))
  )`.execute(db);
  await sql`create table exposure_series (
    workspace_id int not null,
    series_id int not null,
    name text not null,
    unit text not null,
    scope text not null check (scope in ('all', 'product', 'team')),
    actor text not null,
    made_at timestamptz not null default now(),
    primary key (workspace_id, series_id),
    unique (workspace_id, name)
  )`.execute(db);
  await sql`create table exposure_days (
    workspace_id int not null,
    series_id int not null,
    scope_value text not null,
    day date not null,
    value double precision not null check (value >= 0 and value < 'Infinity'),
    primary key (workspace_id, series_id, scope_value, day)
  )`.execute(db);
}
