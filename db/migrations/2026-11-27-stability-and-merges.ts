import { type Kysely, sql } from "kysely";

/** How surely a cause would be found again, as the latest run measured it; and causes that a person has merged, or says are none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table causes
    add column stability real check (stability between 0 and 1),
    add column merged_into int check (merged_into <> cause_id),
    add column set_aside boolean not null default false`.execute(db);
}
