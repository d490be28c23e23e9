import { type Kysely, sql } from "kysely";

/** Whom a cause of staff training concerns, as somebody decided it, with what was recommended on that day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table training_decisions (
    workspace_id int not null,
    decision_id int not null,
    cause_id int not null,
    answer text not null check (answer in ('individual', 'unit', 'neither')),
    recommended text check (recommended in ('individual', 'unit', 'both', 'cannot_tell')),
    evidence jsonb not null,
    reason text not null,
    actor text not null,
    decided_on date not null,
    made_at timestamptz not null default now(),
    primary key (workspace_id, decision_id)
  )`.execute(db);
}
