import { type Kysely, sql } from "kysely";

/** A person may make a cause of cases that fit none of the causes: one more kind of decision. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table human_edits
    drop constraint human_edits_kind_check,
    add constraint human_edits_kind_check check (
      kind in ('rename', 'set_category', 'merge', 'split', 'promote', 'move', 'pin', 'not_a_cause')
    )`.execute(db);
}
