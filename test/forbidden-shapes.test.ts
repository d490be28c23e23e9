import { describe, expect, test } from "vitest";
import { forbiddenShapes } from "#test/support/sql/forbidden-shapes.ts";

/** By shape: statements that have it, and ones close by that do not. */
const statements: Record<string, { has: string[]; hasNot: string[] }> = {
  "1 grouping sets over distributed rows": {
    has: [
      "select team_id, count(*) from cases group by grouping sets ((team_id), ())",
      'select "c"."team_id" from "cases" as "c" group by cube ("c"."team_id")',
      "with c as (select * from cases) select team_id from c group by rollup (team_id)",
    ],
    hasNot: [
      "with s as materialized (select team_id, count(*) as n from cases group by team_id) select team_id, sum(n) from s group by grouping sets ((team_id), ())",
      "select field from names where name = 'cases' group by rollup (field)",
    ],
  },
  "2 conflict target without case_id": {
    has: [
      "insert into case_texts (workspace_id, title) values ($1, $2) on conflict (workspace_id) do nothing",
      "insert into cases select * from staged on conflict on constraint cases_pkey do nothing",
      "create unique index by_source on cases (workspace_id, source_case_id)",
    ],
    hasNot: [
      'insert into "cases" ("workspace_id", "case_id") values ($1, $2) on conflict ("workspace_id", "case_id") do update set "status" = "excluded"."status"',
      "insert into case_versions select * from staged on conflict do nothing",
      "insert into saved_mappings (name) values ('cases') on conflict (name) do nothing",
      "create unique index one on case_causes (workspace_id, run_id, case_id) where basis = 'text'",
    ],
  },
  "3 foreign key of a distributed table": {
    has: ["alter table cases add foreign key (import_id) references imports (import_id)"],
    hasNot: [
      "alter table cases add column note text",
      "create table notes (cases int references imports (id))",
    ],
  },
  "4 join of distributed rows other than by case_id": {
    has: [
      "select 1 from cases c join case_texts t on t.workspace_id = c.workspace_id",
      "select 1 from cases c, case_causes k where c.team_id = k.cause_id",
      "select 1 from cases c where exists (select 1 from cases d where d.customer_ref = c.customer_ref)",
      "select 1 from cases c cross join lateral (select t.title from case_texts t where t.workspace_id = c.workspace_id limit 3) x",
      "select (select count(*) from case_causes k where k.cause_id = r.cause_id) from causes r",
      "delete from case_words using cases where cases.import_id = case_words.workspace_id",
    ],
    hasNot: [
      'select 1 from "cases" as "c" left join "case_texts" as "t" on "t"."workspace_id" = "c"."workspace_id" and "t"."case_id" = "c"."case_id"',
      "select 1 from cases c join case_causes a on a.case_id = c.case_id join case_words w on w.case_id = a.case_id",
      "select 1 from cases c where exists (select 1 from case_causes k where k.case_id = c.case_id and k.run_id = $1)",
      "select 1 from cases where case_id in (select case_id from case_causes where cause_id = $1)",
      "select 1 from cases join case_texts using (workspace_id, case_id)",
      "select 1 from cases c join names n on n.id = c.team_id",
      "select (select count(*) from case_causes) as n from causes",
      "insert into case_words select c.case_id from cases c",
      "update cases set status = s.status from staged s where s.case_id = cases.case_id",
      "select c.case_id from cases c union all select t.case_id from case_texts t",
    ],
  },
  "5 recursion over distributed rows": {
    has: [
      "with recursive near as (select case_id from cases union select k.case_id from case_causes k join near n on n.case_id = k.case_id) select * from near",
    ],
    hasNot: [
      "with recursive up as (select merged_into from causes union select c.merged_into from causes c join up on up.merged_into = c.cause_id) select count(*) from cases",
    ],
  },
  "6 lock of many distributed rows": {
    has: [
      "select case_id from cases where workspace_id = $1 for update",
      "select case_id from cases where case_id = any($1::uuid[]) for no key update skip locked",
    ],
    hasNot: [
      "select case_id from cases where workspace_id = $1 and case_id = $2 for update",
      "select id from workspaces where name = 'cases' for update",
    ],
  },
  "7 change of case_id, or merge": {
    has: [
      "update case_texts set case_id = $1 where case_id = $2",
      "merge into cases using (values (1)) v on true when matched then delete",
    ],
    hasNot: [
      "update case_texts set title = $1 where case_id = $2",
      "update human_edits set case_id = $1 where reason = 'cases'",
    ],
  },
  "8 trigger on a distributed table": {
    has: ["create trigger count_them after insert on cases for each row execute function count_them()"],
    hasNot: ["create trigger count_them after insert on imports for each row execute function count_cases()"],
  },
  "9 rows pulled to one machine": {
    has: [
      "select count(distinct customer_ref) from cases",
      'select count(distinct "c"."team_id") from "cases" as "c"',
      "select percentile_cont(0.5) within group (order by handling_minutes) from cases",
      "select customer_ref from cases where customer_ref is not null group by customer_ref having count(*) > 1",
      "select count(distinct x.customer_ref) from (select customer_ref from cases) x",
    ],
    hasNot: [
      "select count(distinct case_id) from case_causes",
      "select team_id, count(*) from cases group by team_id",
      "select distinct cause_id from case_causes",
      "select count(distinct name) from names where field = 'cases'",
    ],
  },
};

describe.each(Object.entries(statements))("shape %s", (shape, { has, hasNot }) => {
  test.each(has)("is found in: %s", (sql) => expect(forbiddenShapes(sql)).toContain(shape));
  test.each(hasNot)("is not found in: %s", (sql) => expect(forbiddenShapes(sql)).toEqual([]));
});

test("what stands in strings, comments and names is no SQL", () => {
  expect(
    forbiddenShapes("select 'from cases for update' /* count(distinct a) */ from cases -- for update"),
  ).toEqual([]);
  expect(forbiddenShapes('select "for update" from "case_texts"')).toEqual([]);
});
