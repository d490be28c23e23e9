import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NameField, nameFields } from "#analytics/case.ts";
import { attributeName, isAttribute } from "#analytics/facts/facts.ts";
import type { Clause, Cohort, Filter } from "#analytics/filter/filter.ts";
import { formatDay, parseDay } from "#analytics/period.ts";
import type { CellValue } from "#app/tables/table.ts";
import { tables } from "#app/tables/tables.ts";
import { makeView, type View } from "#app/tables/view.ts";
import { asOf, openTestApp, type TestApp } from "#test/support/app.ts";
import { randomFilters } from "./random-filters.ts";

let app: TestApp;
let views: View[];
beforeAll(async () => {
  app = await openTestApp();
  const snapshot = await app.snapshot();
  views = randomFilters(snapshot.facts, 50)
    .map((filter, i) => (i < 10 ? withAttribute(filter, i) : filter))
    .map((filter) => makeView(snapshot, filter, parseDay(asOf) ?? 0));
});
afterAll(() => app.close());

const attributes: Clause[] = [
  { dimension: "attribute:device", include: ["ios", "android"], exclude: [] },
  { dimension: "attribute:device", include: [], exclude: ["web"] },
  { dimension: "attribute:process_step", include: [], exclude: [null] },
  { dimension: "attribute:process_step", include: [null], exclude: [] },
  { dimension: "attribute:membership", include: ["plus", "no such value"], exclude: [] },
];

function withAttribute(filter: Filter, i: number): Filter {
  const others = filter.clauses.filter((clause) => !isAttribute(clause.dimension));
  return { ...filter, clauses: [...others, ...attributes.slice(i % 5, (i % 5) + 1)] };
}

describe("for 50 filters", () => {
  test("the causes and the cases without one add up to all cases", () => {
    for (const view of views) expect(sumOf("causes", "cases", view)).toBe(view.incidence.length);
  });

  test("the months add up to all cases, and each month's categories to the month", () => {
    for (const view of views) {
      expect(sumOf("trend", "cases", view)).toBe(view.incidence.length);
      for (const { cells } of rowsOf("trend", view))
        expect(
          ["product", "process", "staff_training", "unclassified"].reduce(
            (sum, key) => sum + Number(cells[key]),
            0,
          ),
        ).toBe(cells.cases);
    }
  });

  test("the contact reasons add up to all resolved cases, and so do the causes", () => {
    for (const view of views)
      for (const name of ["contact-reason", "cause"])
        for (const table of [`outcomes-by-${name}`, `remedies-by-${name}`])
          expect(sumOf(table, "resolved", view), table).toBe(view.resolved.length);
  });

  test("the outcomes of a row add up to its known outcomes, and these are at most its cases", () => {
    for (const { cells } of views.flatMap((view) => rowsOf("outcomes-by-contact-reason", view))) {
      const outcomes = ["restored", "settled", "disputed", "parted"].map((key) =>
        Number(cells[`${key}_cases`]),
      );
      expect(outcomes.reduce((a, b) => a + b)).toBe(cells.outcome_known);
      expect(Number(cells.outcome_known)).toBeLessThanOrEqual(Number(cells.resolved));
    }
  });
});

describe("against a count by plain SQL on the same database, for 20 filters", () => {
  test("the cases of each cause", async () => {
    for (const view of views.slice(0, 20)) {
      const counted = await countBy(view, "incidence", sql`coalesce(a.cause_id::text, '')`);
      const shown = rowsOf("causes", view).map(({ cells }) => [cells.cause_id ?? "", cells.cases]);
      expect(new Map(counted.map(({ key, n }) => [key, n]))).toEqual(new Map(fromEntries(shown)));
    }
  });

  test("the cases of each month", async () => {
    for (const view of views.slice(0, 20)) {
      const counted = await countBy(view, "incidence", sql`to_char(c.incidence_day, 'YYYY-MM')`);
      const shown = rowsOf("trend", view).map(({ cells }) => [cells.month ?? "", cells.cases]);
      const some = shown.filter(([, n]) => Number(n) > 0);
      expect(new Map(counted.map(({ key, n }) => [key, n]))).toEqual(new Map(fromEntries(some)));
    }
  });

  test("the resolved cases of each outcome and remedy", async () => {
    for (const view of views.slice(0, 20)) {
      const remedy = sql`unnest(case when cardinality(c.remedy_types) > 0 then c.remedy_types else '{""}' end)`;
      const counted = await countBy(view, "outcome", sql`${remedy} || ' ' || coalesce(c.outcome, '')`);
      const wanted = new Map(counted.map(({ key, n }) => [key.replaceAll("_", " "), n]));
      for (const { cells } of rowsOf("outcomes-by-remedy", view)) {
        const name = cells.remedy === "unknown" ? "" : String(cells.remedy);
        for (const outcome of ["restored", "settled", "disputed", "parted"])
          expect(cells[`${outcome}_cases`] ?? 0, `${name}, ${outcome}`).toBe(
            wanted.get(`${name} ${outcome}`) ?? 0,
          );
        expect(Number(cells.resolved) - Number(cells.outcome_known)).toBe(wanted.get(`${name} `) ?? 0);
      }
    }
  });
});

function rowsOf(name: string, view: View) {
  const make = tables[name];
  if (make === undefined) throw new Error(`There is no table ${name}.`);
  return make(view).rows;
}

function sumOf(name: string, key: string, view: View): number {
  return rowsOf(name, view).reduce((sum, { cells }) => sum + Number(cells[key]), 0);
}

function fromEntries(pairs: readonly (readonly (CellValue | undefined)[])[]): [string, number][] {
  return pairs.map(([key, n]) => [String(key), Number(n)]);
}

/** Counts the cases of a view by an expression, from the tables alone: nothing of the columns is used but the days. */
async function countBy(view: View, cohort: Cohort, key: RawBuilder<unknown>) {
  const day = sql.ref(cohort === "incidence" ? "c.incidence_day" : "c.outcome_day");
  const { rows } = await sql<{ key: string; n: number }>`
    select ${key} as key, count(*)::int as n
    from cases c
    join workspaces w on w.id = c.workspace_id
    left join case_causes a on a.workspace_id = c.workspace_id and a.case_id = c.case_id
      and a.run_id = w.current_run_id
    left join causes k on k.workspace_id = a.workspace_id and k.cause_id = a.cause_id
    where c.workspace_id = ${view.workspace.id}
      and ${day} >= ${formatDay(view.period.start)}::date and ${day} < ${formatDay(view.period.end)}::date
      and ${conditionOf(view.filter)}
    group by 1`.execute(app.services.database.db);
  return rows;
}

function conditionOf({ clauses }: Filter): RawBuilder<unknown> {
  return clauses.length === 0 ? sql`true` : sql.join(clauses.map(clauseInSql), sql` and `);
}

function clauseInSql({ dimension, include, exclude }: Clause): RawBuilder<unknown> {
  const isOneOf = (values: readonly (string | null)[]) =>
    values.length === 0
      ? sql`false`
      : sql`(${sql.join(
          values.map((value) => isValue(dimension, value)),
          sql` or `,
        )})`;
  return sql`(${include.length === 0 ? sql`true` : isOneOf(include)} and not ${isOneOf(exclude)})`;
}

/** Never null, so that `not` keeps the unknown. */
function isValue(dimension: Clause["dimension"], value: string | null): RawBuilder<unknown> {
  if (dimension === "remedy")
    return value === null
      ? sql`(cardinality(coalesce(c.remedy_types, '{}')) = 0)`
      : sql`(${value} = any(coalesce(c.remedy_types, '{}')))`;
  return sql`(${columnOf(dimension)} is not distinct from ${value})`;
}

function columnOf(dimension: Exclude<Clause["dimension"], "remedy">): RawBuilder<unknown> {
  if (isAttribute(dimension))
    return sql`(select t.attributes ->> ${attributeName(dimension)} from case_texts t
      where t.workspace_id = c.workspace_id and t.case_id = c.case_id)`;
  if (isNameField(dimension))
    return sql`(select n.name from names n where n.workspace_id = c.workspace_id and n.field = ${dimension}
      and n.id = ${sql.ref(`c.${dimension}_id`)})`;
  if (dimension === "cause") return sql`a.cause_id::text`;
  return sql`${sql.ref(dimension === "category" ? "k.category" : `c.${dimension}`)}::text`;
}

function isNameField(dimension: string): dimension is NameField {
  return nameFields.some((field) => field === dimension);
}
