import { type Kysely, sql } from "kysely";

/**
 * Causes that people name beside the primary one of a case: one more kind of decision, so that it holds in every run. A run
 * itself has one cause a case; the role in which it might have had others goes, as no version has written one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table human_edits
    drop constraint human_edits_kind_check,
    add constraint human_edits_kind_check check (
      kind in ('rename', 'set_category', 'merge', 'split', 'promote', 'move', 'pin', 'contribute', 'not_a_cause')
    )`.execute(db);
  await sql`drop index case_causes_one_primary`.execute(db);
  await sql`alter table case_causes
    drop column role,
    drop constraint case_causes_pkey,
    add primary key (workspace_id, run_id, case_id)`.execute(db);
}
