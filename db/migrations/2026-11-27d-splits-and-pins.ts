import { type Kysely, sql } from "kysely";

/** Where a person has put each case of a cause that was split. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table split_cases (
    workspace_id int not null,
    edit_id int not null,
    case_id uuid not null,
    cause_id int not null,
    primary key (workspace_id, edit_id, case_id)
  )`.execute(db);
  await sql`create index split_cases_by_case on split_cases (workspace_id, case_id)`.execute(db);
}
