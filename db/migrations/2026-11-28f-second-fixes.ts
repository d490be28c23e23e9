import { type Kysely, sql } from "kysely";

/**
 * What people call of a cause, what becomes of a second fix, and every verdict on it. A fix keeps only what people say of
 * it; how far it is follows from its dates and its verdicts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table cause_calls (
    workspace_id int not null,
    call_id int not null,
    cause_id int not null,
    call text not null check (call in ('fix', 'watch', 'accept')),
    called_on date not null,
    review_on date check ((call = 'accept') = (review_on is not null)),
    reason text not null,
    actor text not null,
    made_at timestamptz not null default now(),
    primary key (workspace_id, call_id)
  )`,
  // Nothing ever wrote them: accepting a risk is a call, with who, when and why.
  `alter table causes drop column risk_accepted, drop column review_on`,

  `alter table second_fixes
    drop constraint second_fixes_state_check,
    add column implemented_to date,
    add column dropped_because text`,
  `update second_fixes set state = 'implemented' where state in ('under_observation', 'closed')`,
  `update second_fixes set implemented_to = implemented_on`,
  `alter table second_fixes
    add constraint second_fixes_state_check check (state in ('draft', 'planned', 'implemented', 'dropped')),
    add constraint second_fixes_dates_check check (implemented_on >= opened_on and implemented_to >= implemented_on),
    add constraint second_fixes_implemented_check check ((state = 'implemented') = (implemented_on is not null)
      and (implemented_on is null) = (implemented_to is null))`,
  `alter table effectiveness_checks
    drop column verdict, drop column verdict_inputs, drop column method_id,
    add column exposure_id int`,

  `create table fix_verdicts (
    workspace_id int not null,
    verdict_id int not null,
    fix_id int not null,
    verdict text not null check (verdict in ('effective', 'partially_effective', 'not_effective', 'harmful', 'inconclusive', 'regressed')),
    look text not null check (look in ('check', 'window_end', 'watch', 'person')),
    judged_on date not null,
    judgement jsonb not null,
    method_id text,
    run_id int,
    actor text,
    reason text,
    made_at timestamptz not null default now(),
    watched_to date,
    revoked_at timestamptz,
    revoked_because text,
    primary key (workspace_id, verdict_id),
    check ((look = 'person') = (actor is not null) and (look = 'person') = (reason is not null))
  )`,
  `create index fix_verdicts_of_fix on fix_verdicts (workspace_id, fix_id)`,

  `create table told_customers (
    workspace_id int not null,
    fix_id int not null,
    customer_ref text not null,
    state text not null check (state in ('told', 'left_out')),
    reason text,
    actor text not null,
    made_at timestamptz not null default now(),
    primary key (workspace_id, fix_id, customer_ref)
  )`,
];
