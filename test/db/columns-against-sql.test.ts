import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes, remedyTypes, statuses } from "#analytics/case.ts";
import { attributeDimension, dictionaryOf, type Facts } from "#analytics/facts/facts.ts";
import { type FilterDimension, filterDimensions } from "#analytics/filter/dimensions.ts";
import { facetsOf } from "#analytics/filter/facets.ts";
import { type Clause, type Cohort, everything, type Filter, formatRange } from "#analytics/filter/filter.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { compensation } from "#analytics/metrics/compensation.ts";
import { countByCode } from "#analytics/metrics/counts.ts";
import { headline, repeatWindowDays } from "#analytics/metrics/headline.ts";
import { monthlyTrend } from "#analytics/metrics/monthly-trend.ts";
import { outcomesBy } from "#analytics/metrics/outcome-table.ts";
import { remediesBy } from "#analytics/metrics/remedy-table.ts";
import { resolutionTimesBy } from "#analytics/metrics/resolution-times.ts";
import { unassignedCases } from "#analytics/metrics/unassigned.ts";
import { formatMonth, type Period, parseDay } from "#analytics/period.ts";
import { seededRandom } from "#app/demo/random.ts";
import { Snapshots } from "#app/server/snapshots.ts";
import { makeView, type Snapshot, type View } from "#app/tables/view.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { openTestDatabase } from "#test/support/database.ts";
import { fillWorkspace, manyCases } from "#test/support/many-cases.ts";

// Every figure of the pages, from the columns, beside the same by plain GROUP BY over the tables: the database is the
// outside reference, and shares no line with what it checks.

const cases = 100_000;
const filters = 200;
const today = parseDay("2026-11-22")!;

let database: OpenDatabase;
let snapshot: Snapshot;

beforeAll(async () => {
  database = await openTestDatabase();
  const { id } = await fillWorkspace(database.db, "many", cases);
  snapshot = (await new Snapshots(database, { isLoading: () => false }).get("many"))!;
  await flatten(id);
}, 300_000);

afterAll(async () => database?.close());

/** One row a case with everything that a filter or a figure asks for, by name, and the days since the customer's last case of the cause. */
async function flatten(workspaceId: number): Promise<void> {
  await sql`
    create table flat as
    select c.case_id, c.incidence_day as day, c.outcome_day, c.status, c.severity, c.finding, c.outcome, c.reopen_count,
      c.remedy_types as remedy, c.compensation_minor, c.customer_ref, c.resolved_at >= c.received_at as timed, reason.name as contact_reason,
      product.name as product, team.name as team, channel.name as channel, region.name as region,
      a.cause_id::text as cause, k.category, a.basis, u.because, t.attributes ->> 'Company' as company,
      case when a.cause_id is not null and c.customer_ref is not null then c.incidence_day -
        lag(c.incidence_day) over (partition by a.cause_id, c.customer_ref order by c.incidence_day, c.case_id) end as gap
    from cases c
    join case_texts t using (workspace_id, case_id)
    left join case_causes a on a.workspace_id = c.workspace_id and a.case_id = c.case_id and a.run_id = 1
    left join unassigned_cases u on u.workspace_id = c.workspace_id and u.case_id = c.case_id and u.run_id = 1
    left join causes k on k.workspace_id = c.workspace_id and k.cause_id = a.cause_id
    left join names reason on reason.workspace_id = c.workspace_id and reason.field = 'contact_reason' and reason.id = c.contact_reason_id
    left join names product on product.workspace_id = c.workspace_id and product.field = 'product' and product.id = c.product_id
    left join names team on team.workspace_id = c.workspace_id and team.field = 'team' and team.id = c.team_id
    left join names channel on channel.workspace_id = c.workspace_id and channel.field = 'channel' and channel.id = c.channel_id
    left join names region on region.workspace_id = c.workspace_id and region.field = 'region' and region.id = c.region_id
    where c.workspace_id = ${workspaceId}`.execute(database.db);
}

type Counts = Record<string, number>;

/** Figures by name; what is 0 is left out, for no row of a GROUP BY says it. */
async function bySql(view: View, facet: FilterDimension): Promise<Counts> {
  const { clauses } = view.filter;
  const all = sql.join(clauses.map(condition), sql` and `);
  const met = clauses.length === 0 ? sql`true` : all;
  const within = (column: "day" | "outcome_day") =>
    sql`${sql.ref(column)} >= ${dayOf(view.period.start)} and ${sql.ref(column)} < ${dayOf(view.period.end)}`;
  const others = clauses.filter((clause) => clause.dimension !== facet);
  const metOthers = others.length === 0 ? sql`true` : sql.join(others.map(condition), sql` and `);
  const { rows } = await sql<{ figure: string; n: number }>`
    with happened as materialized (select * from flat where ${within("day")} and ${met}),
      resolved as materialized (select * from flat where ${within("outcome_day")} and ${met}),
      first as (select min(day) + ${sql.lit(repeatWindowDays)} as day from flat)
    select 'cases' as figure, count(*)::int8 as n from happened
    union all select 'open', count(*) from happened where status = 'open'
    union all select 'customers', count(distinct customer_ref) from happened
    union all select 'customer known', count(customer_ref) from happened
    union all select 'cause known', count(cause) from happened
    union all select 'cause by reason', count(*) from happened where basis = 'contact_reason'
    union all select 'repeat', count(*) from happened, first where gap <= ${sql.lit(repeatWindowDays)} and happened.day >= first.day
    union all select 'repeat of', count(*) from happened, first
      where cause is not null and customer_ref is not null and happened.day >= first.day
    union all select 'cause ' || cause, count(*) from happened where cause is not null group by cause
    union all select 'unassigned ' || because, count(*) from happened where cause is null group by because
    union all select to_char(day, 'YYYY-MM') || ' ' || coalesce(category, 'unclassified'), count(*) from happened group by 1
    union all select 'resolved', count(*) from resolved
    union all select 'outcome ' || outcome, count(*) from resolved where outcome is not null group by outcome
    union all select 'reopened', count(*) from resolved where reopen_count > 0
    union all select 'reopened of', count(reopen_count) from resolved
    union all select 'paid', coalesce(sum(compensation_minor), 0)::int8 from resolved
    union all select 'paid of', count(compensation_minor) from resolved
    union all select 'then ' || coalesce(r, 'unknown') || ' ' || coalesce(outcome, 'unknown'), count(*)
      from resolved left join unnest(remedy) as r on true group by 1
    union all select coalesce(team, 'unknown') || ' ' || coalesce(r, 'unknown'), count(*)
      from resolved left join unnest(remedy) as r on true group by 1
    union all select 'time ' || coalesce(team, 'unknown'), count(*) from happened where timed group by team
    union all select 'facet ' || coalesce(v, 'unknown'), count(*)
      from flat ${facet === "remedy" ? sql`left join unnest(remedy) as v on true` : sql`cross join lateral (select ${columnOf(facet)} as v) as x`}
      where ${within(view.filter.cohort === "incidence" ? "day" : "outcome_day")} and ${metOthers} group by 1`.execute(
    database.db,
  );
  return Object.fromEntries(rows.filter(({ n }) => n > 0).map(({ figure, n }) => [figure, n]));
}

const dayOf = (day: number) => sql`(date '1970-01-01' + ${sql.lit(day)})`;

function columnOf(dimension: FilterDimension): RawBuilder<string | null> {
  return dimension === "attribute:Company" ? sql.ref("company") : sql.ref(dimension);
}

/** "One of `include`, none of `exclude`", where unknown is a value like another. */
function condition({ dimension, include, exclude }: Clause): RawBuilder<boolean> {
  const has = (value: string | null) => {
    if (dimension !== "remedy") return sql<boolean>`${columnOf(dimension)} is not distinct from ${value}`;
    return value === null
      ? sql<boolean>`remedy is null`
      : sql<boolean>`coalesce(${value} = any(remedy), false)`;
  };
  const one = include.length === 0 ? sql`true` : sql.join(include.map(has), sql` or `);
  const none = exclude.length === 0 ? sql`false` : sql.join(exclude.map(has), sql` or `);
  return sql<boolean>`((${one}) and not (${none}))`;
}

function byColumns(view: View, facet: FilterDimension): Counts {
  const { facts, incidence, resolved, period } = view;
  const figures = headline(facts, incidence, resolved);
  const { emerging, nothingKnown } = unassignedCases(facts, incidence);
  const paid = compensation(facts, resolved);
  const counts: Counts = {
    cases: figures.cases,
    open: figures.open,
    customers: figures.customers.customers,
    "customer known": figures.customers.known,
    "cause known": figures.causeKnown.hits,
    "cause by reason": figures.causeByReason.hits,
    repeat: figures.repeatContact.hits,
    "repeat of": figures.repeatContact.n,
    "unassigned few_alike": emerging,
    "unassigned nothing_known": nothingKnown,
    resolved: figures.resolved,
    "outcome restored": figures.restored.hits,
    "outcome disputed": figures.disputed.hits,
    "outcome parted": figures.parted.hits,
    "outcome settled": countByCode(facts.codes.outcome, resolved, outcomes.length + 1)[2]!,
    reopened: figures.reopened.hits,
    "reopened of": figures.reopened.n,
    paid: paid?.totalMinor ?? 0,
    "paid of": paid?.known ?? 0,
  };
  for (const { cause, cases: n } of causeRanking(facts, incidence))
    if (cause !== null) counts[`cause ${cause.causeId}`] = n;
  for (const { month, byCategory } of monthlyTrend(facts, incidence, period, measuredBy(facts)))
    for (const [category, n] of Object.entries(byCategory))
      counts[`${formatMonth(month.start)} ${category}`] = n;
  for (const { group, resolved: all, outcomeKnown, byOutcome } of outcomesBy(facts, resolved, "remedy")) {
    for (const outcome of outcomes)
      counts[`then ${group.value ?? "unknown"} ${outcome}`] = byOutcome[outcome].hits;
    counts[`then ${group.value ?? "unknown"} unknown`] = all - outcomeKnown;
  }
  for (const { group, byRemedy, unknown } of remediesBy(facts, resolved, "team")) {
    for (const remedy of remedyTypes) counts[`${group.value ?? "unknown"} ${remedy}`] = byRemedy[remedy].hits;
    counts[`${group.value ?? "unknown"} unknown`] = unknown;
  }
  for (const { group, resolved: n } of resolutionTimesBy(
    facts,
    incidence,
    "team",
    view.calendar.reach.end - 1,
  ))
    counts[`time ${group.value ?? "unknown"}`] = n;
  for (const { value, count } of facetsOf(facts, view.filter, period, [facet]).get(facet)!)
    counts[`facet ${value ?? "unknown"}`] = count;
  return Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));
}

const measuredBy = ({ incidenceDay }: Facts): Period => ({
  start: incidenceDay[0]!,
  end: incidenceDay.at(-1)! + 1,
});

/** Some with one condition and some with several, over days, months and all of the time. */
function randomFilter(seed: number): { filter: Filter; facet: FilterDimension } {
  const random = seededRandom(seed, "filters");
  const below = (n: number) => Math.floor(random.uniform() * n);
  const dimensions: FilterDimension[] = [...filterDimensions, attributeDimension("Company")];
  const valueOf = (dimension: FilterDimension): string | null => {
    if (random.uniform() < 0.15) return null;
    if (dimension === "remedy") return remedyTypes[below(remedyTypes.length)]!;
    const values = dictionaryOf(snapshot.facts, dimension);
    return values[Math.min(values.length - 1, 1 + Math.floor(random.uniform() ** 2 * (values.length - 1)))]!
      .value;
  };
  const clauses = Array.from(
    { length: below(4) },
    () => dimensions.splice(below(dimensions.length), 1)[0]!,
  ).map(
    (dimension): Clause => ({
      dimension,
      include: Array.from({ length: below(4) }, () => valueOf(dimension)),
      exclude: random.uniform() < 0.3 ? [valueOf(dimension)] : [],
    }),
  );
  const start = manyCases.firstDay + below(manyCases.days);
  const end = start + [30, 90, 365, 1][below(4)]!;
  const cohort: Cohort = random.uniform() < 0.7 ? "incidence" : "outcome";
  const period = random.uniform() < 0.2 ? "all" : formatRange({ start, end });
  const facets = [...filterDimensions, attributeDimension("Company")];
  const facet = facets[below(facets.length)]!;
  const meant = clauses.filter(({ include, exclude }) => include.length + exclude.length > 0);
  return { filter: { ...everything, period, cohort, clauses: meant }, facet };
}

describe("figures from the columns", () => {
  it(`are those of plain SQL, under ${filters} random filters over ${cases} cases`, async () => {
    let compared = 0;
    for (let seed = 0; seed < filters; seed++) {
      const { filter, facet } = randomFilter(seed);
      const view = makeView(snapshot, filter, today);
      const expected = await bySql(view, facet);
      expect(byColumns(view, facet), JSON.stringify({ seed, filter, facet })).toEqual(expected);
      compared += Object.keys(expected).length;
    }
    expect(compared).toBeGreaterThan(10_000); // else the filters leave nothing to compare
  }, 300_000);

  it("are those of plain SQL also where every dimension is filtered at once, 20 values and more", async () => {
    for (let seed = 0; seed < 4; seed++) {
      const random = seededRandom(seed, "many filters");
      const dimensions: FilterDimension[] = [...filterDimensions, attributeDimension("Company")];
      const clauses = dimensions.map((dimension): Clause => {
        const values =
          dimension === "remedy"
            ? remedyTypes
            : dictionaryOf(snapshot.facts, dimension).flatMap(({ value }) => value ?? []);
        const rare = values.slice(Math.ceil(values.length / 2));
        const exclude = [0, 1, 2].map(() => rare[Math.floor(random.uniform() * rare.length)]!);
        return { dimension, include: [], exclude };
      });
      const filter: Filter = { ...everything, period: "all", cohort: "incidence", clauses };
      const view = makeView(snapshot, filter, today);
      expect(clauses.flatMap(({ exclude }) => exclude).length).toBeGreaterThan(20);
      const expected = await bySql(view, "team");
      expect(expected["cases"]).toBeGreaterThan(20); // else there is nothing to compare
      expect(byColumns(view, "team")).toEqual(expected);
    }
  });

  it("have every status", () => {
    expect(new Set(snapshot.facts.codes.status).size).toBe(statuses.length);
  });
});
