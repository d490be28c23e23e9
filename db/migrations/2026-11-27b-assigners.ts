import { type Kysely, sql } from "kysely";

/**
 * What a run says of cases that come after it, and which cases a run found to fit no cause: until now they were
 * the ones without a row, as a case that no run had seen yet.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table assigners (
    workspace_id int not null,
    run_id int not null,
    content bytea not null,
    primary key (workspace_id, run_id)
  )`,
  // 8-bit numbers of vectors: to compress them takes time and saves nothing.
  "alter table assigners alter column content set storage external",
  "alter table case_causes add column voted boolean not null default false",
  `create table unassigned_cases (
    workspace_id int not null,
    run_id int not null,
    case_id uuid not null,
    because text not null check (because in ('few_alike', 'nothing_known')),
    primary key (workspace_id, run_id, case_id)
  )`,
];
