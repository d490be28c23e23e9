import { type Kysely, sql } from "kysely";

/** The first schema: PRODUCT.md's record, with keys that a distributed engine can place. PostgreSQL 15 SQL only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...dimensions, ...caseTables, ...importTables, ...causeTables, ...fixTables])
    await sql.raw(statement).execute(db);
}

const dimensions = [
  `create table workspaces (
    id int primary key,
    name text not null unique,
    time_zone text not null,
    fiscal_year_start_month smallint not null default 1 check (fiscal_year_start_month between 1 and 12),
    simulated boolean not null default false,
    data_version bigint not null default 0,
    current_run_id int,
    created_at timestamptz not null default now()
  )`,
  `create table names (
    workspace_id int not null,
    field text not null,
    id int not null,
    name text not null,
    primary key (workspace_id, field, id),
    unique (workspace_id, field, name)
  )`,
];

const caseTables = [
  `create table cases (
    workspace_id int not null,
    case_id uuid not null,
    source_system text not null,
    source_case_id text not null,
    status text not null check (status in ('open', 'resolved')),
    occurred_at timestamptz,
    promised_at timestamptz,
    received_at timestamptz,
    acknowledged_at timestamptz,
    first_response_at timestamptz,
    escalated_at timestamptz,
    moved_private_at timestamptz,
    resolved_at timestamptz,
    resolution_communicated_at timestamptz,
    closed_at timestamptz,
    reopened_at timestamptz,
    date_only_fields int not null default 0,
    incidence_day date not null,
    outcome_day date,
    contact_reason_id int,
    product_id int,
    team_id int,
    channel_id int,
    region_id int,
    customer_ref text,
    handled_by_ref text,
    concerned_agent_ref text,
    severity text check (severity in ('low', 'medium', 'high', 'critical')),
    is_public boolean,
    audience int check (audience >= 0),
    affected_customers int check (affected_customers >= 0),
    transfer_count int check (transfer_count >= 0),
    escalation_level int check (escalation_level >= 0),
    public_message_count int check (public_message_count >= 0),
    public_after_resolution int check (public_after_resolution >= 0),
    reopen_count int check (reopen_count >= 0),
    responder_count int check (responder_count >= 0),
    offer_count int check (offer_count >= 0),
    handling_minutes int check (handling_minutes >= 0),
    remedy_types text[],
    apology_visibility text check (apology_visibility in ('public', 'private', 'both', 'none')),
    compensation_minor bigint,
    compensation_currency char(3),
    outcome text check (outcome in ('restored', 'settled', 'disputed', 'parted')),
    parted_by text check (parted_by in ('us', 'them')),
    finding text check (finding in ('upheld', 'partly_upheld', 'not_upheld')),
    csat_score smallint check (csat_score between 1 and 5),
    retained boolean,
    content_hash text not null,
    import_id int not null,
    primary key (workspace_id, case_id),
    check ((status = 'open') = (outcome_day is null)),
    check (status = 'resolved' or outcome is null),
    check ((compensation_minor is null) = (compensation_currency is null))
  )`,
  "create index cases_by_day on cases (workspace_id, incidence_day)",
  "create index cases_by_source on cases (workspace_id, source_case_id)",
  `create table case_texts (
    workspace_id int not null,
    case_id uuid not null,
    title text,
    narrative text,
    resolution_note text,
    attributes jsonb not null default '{}',
    primary key (workspace_id, case_id)
  )`,
  `create index case_texts_search on case_texts using gin (
    to_tsvector('english', coalesce(title, '') || ' ' || coalesce(narrative, '') || ' ' || coalesce(resolution_note, ''))
  )`,
];

const importTables = [
  `create table imports (
    workspace_id int not null,
    import_id int not null,
    file_name text not null,
    size_bytes bigint not null,
    sha256 text not null,
    preset text not null,
    columns jsonb not null default '[]',
    state text not null check (state in ('running', 'finished', 'failed')),
    cursor_row int not null default 0,
    new_rows int not null default 0,
    updated_rows int not null default 0,
    unchanged_rows int not null default 0,
    rejected_rows int not null default 0,
    open_rows int not null default 0,
    coverage jsonb not null default '{}',
    failure text,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (workspace_id, import_id)
  )`,
  `create table rejected_rows (
    workspace_id int not null,
    import_id int not null,
    line int not null,
    column_name text,
    value text,
    code text not null,
    reason text not null,
    cells jsonb not null,
    primary key (workspace_id, import_id, line)
  )`,
];

const causeTables = [
  `create table analysis_runs (
    workspace_id int not null,
    run_id int not null,
    method_id text not null,
    seed int not null,
    state text not null check (state in ('running', 'finished', 'failed')),
    case_count int not null,
    failure text,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (workspace_id, run_id)
  )`,
  `create table causes (
    workspace_id int not null,
    cause_id int not null,
    label text not null,
    name text,
    category text check (category in ('product', 'process', 'staff_training')),
    category_source text check (category_source in ('machine', 'person')),
    category_confidence real,
    category_reason text,
    keyphrases jsonb not null default '[]',
    exemplar_case_id uuid,
    basis text not null check (basis in ('text', 'contact_reason')),
    state text not null default 'open' check (state in
      ('open', 'under_investigation', 'cause_identified', 'fix_in_progress', 'under_observation', 'closed_verified')),
    substatus text check (substatus in ('new', 'ongoing', 'escalating', 'regressed')),
    risk_accepted boolean not null default false,
    review_on date,
    first_run_id int not null,
    vanished_run_id int,
    primary key (workspace_id, cause_id)
  )`,
  `create table clusters (
    workspace_id int not null,
    run_id int not null,
    cluster_id int not null,
    cause_id int not null,
    size int not null,
    basis text not null check (basis in ('text', 'contact_reason')),
    label text not null,
    keyphrases jsonb not null,
    exemplar_case_id uuid not null,
    category text check (category in ('product', 'process', 'staff_training')),
    category_confidence real not null,
    category_reason text not null,
    primary key (workspace_id, run_id, cluster_id)
  )`,
  `create table case_causes (
    workspace_id int not null,
    run_id int not null,
    case_id uuid not null,
    cause_id int not null,
    role text not null check (role in ('primary', 'contributing')),
    basis text not null check (basis in ('text', 'contact_reason', 'person')),
    similarity real,
    terms jsonb not null default '[]',
    primary key (workspace_id, run_id, case_id, cause_id)
  )`,
  `create unique index case_causes_one_primary on case_causes (workspace_id, run_id, case_id) where role = 'primary'`,
  `create table cause_lineage (
    workspace_id int not null,
    run_id int not null,
    cause_id int not null,
    event text not null check (event in ('new', 'grown', 'split', 'merged', 'vanished')),
    other_cause_id int not null,
    share real not null,
    primary key (workspace_id, run_id, cause_id, event, other_cause_id)
  )`,
  `create table human_edits (
    workspace_id int not null,
    edit_id int not null,
    kind text not null check (kind in ('rename', 'set_category', 'merge', 'split', 'move', 'pin', 'not_a_cause')),
    cause_id int not null,
    case_id uuid,
    detail jsonb not null,
    reason text,
    actor text not null,
    made_at timestamptz not null default now(),
    undone_at timestamptz,
    primary key (workspace_id, edit_id)
  )`,
];

const fixTables = [
  `create table second_fixes (
    workspace_id int not null,
    fix_id int not null,
    cause_id int not null,
    kind text not null check (kind in ('documentation', 'process', 'product', 'interface', 'training', 'coaching',
      'expectation_setting', 'policy')),
    title text not null,
    description text not null,
    owner text,
    state text not null check (state in ('draft', 'planned', 'implemented', 'under_observation', 'closed')),
    opened_on date not null,
    due_on date,
    implemented_on date,
    cost_minor bigint,
    cost_currency char(3),
    ticket_url text,
    primary key (workspace_id, fix_id)
  )`,
  `create table effectiveness_checks (
    workspace_id int not null,
    fix_id int not null,
    metric text not null check (metric in ('cases_per_week', 'cases_per_exposure')),
    baseline_from date,
    baseline_to date,
    wash_in_days int not null default 14 check (wash_in_days >= 0),
    target_cut real not null default 0.5 check (target_cut > 0 and target_cut < 1),
    check_on date not null,
    window_end date not null,
    verdict text,
    verdict_inputs jsonb,
    method_id text,
    primary key (workspace_id, fix_id)
  )`,
  `create table retrospectives (
    workspace_id int not null,
    retrospective_id int not null,
    cause_id int,
    case_id uuid,
    state text not null check (state in ('draft', 'reviewed', 'published')),
    title text not null,
    body jsonb not null default '{}',
    updated_at timestamptz not null default now(),
    primary key (workspace_id, retrospective_id)
  )`,
  `create table reviews (
    workspace_id int not null,
    review_id int not null,
    period_from date not null,
    period_to date not null,
    as_of timestamptz not null,
    run_id int,
    content jsonb not null,
    sha256 text not null,
    frozen_at timestamptz not null default now(),
    primary key (workspace_id, review_id)
  )`,
  `create table saved_views (
    workspace_id int not null,
    view_id int not null,
    name text not null,
    query text not null,
    owner text,
    primary key (workspace_id, view_id)
  )`,
  `create table audit_events (
    workspace_id int not null,
    event_id int not null,
    at timestamptz not null default now(),
    actor text not null,
    action text not null,
    object_type text not null,
    object_id text not null,
    before jsonb,
    after jsonb,
    primary key (workspace_id, event_id)
  )`,
];
