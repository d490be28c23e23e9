import { type Kysely, sql } from "kysely";

/**
 * Runs that are proposed before they are published, that a person cancelled or discarded; what each run was compared
 * with and when it was published; how many cases an event of a cause's history is about.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  "alter table analysis_runs drop constraint analysis_runs_state_check",
  `alter table analysis_runs
    add constraint analysis_runs_state_check
      check (state in ('running', 'finished', 'failed', 'cancelled', 'proposed', 'discarded')),
    add column base_run_id int,
    add column published_at timestamptz`,
  "update analysis_runs set published_at = finished_at where state = 'finished'",
  "alter table clusters add column stability real check (stability between 0 and 1)",
  `update clusters set stability = c.stability
    from causes c, workspaces w
    where w.id = clusters.workspace_id and w.current_run_id = clusters.run_id
      and c.workspace_id = clusters.workspace_id and c.cause_id = clusters.cause_id`,
  "alter table cause_lineage add column cases int",
];
