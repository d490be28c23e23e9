import { outcomes } from "#analytics/case.ts";
import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { CaseColumnsBuilder, type FactRow } from "#analytics/facts/case-columns.ts";
import type { Facts, NameDictionaries } from "#analytics/facts/facts.ts";
import { everything, type Filter, narrow } from "#analytics/filter/filter.ts";
import { parseDay } from "#analytics/period.ts";
import { seededRandom } from "#app/demo/random.ts";
import { causesTable } from "#app/tables/causes-table.ts";
import { headlineTable } from "#app/tables/headline-table.ts";
import { outcomeFigureOf } from "#app/tables/outcome-tables.ts";
import { trendTable } from "#app/tables/trend-table.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import { type Measurement, percentiles } from "./measurement.ts";

const cases = 1_000_000;
const filters = 36;
export const today = parseDay("2026-11-22") ?? 0;
const firstDay = parseDay("2024-11-01") ?? 0;
const days = 730;

/** The tables of the overview over a million made-up cases, for 36 filters of 0-2 conditions and four periods. */
export function measureOverviewAtScale(): Measurement[] {
  const start = performance.now();
  const snapshot: Snapshot = {
    workspace: { id: 1, name: "bench", timeZone: "UTC", fiscalYearStartMonth: 1, simulated: true },
    facts: manyFacts(),
    notes: [],
    volumeIsArtefact: false,
    outcomesArePartial: false,
  };
  const built = performance.now() - start;
  const times = manyFilters().map((filter) => {
    const from = performance.now();
    const view = makeView(snapshot, filter, today);
    headlineTable(view);
    causesTable(view);
    trendTable(view);
    outcomeFigureOf(view);
    return performance.now() - from;
  });
  return [
    { what: "build columns of 1,000,000 cases (from memory)", value: `${(built / 1000).toFixed(1)} s` },
    { what: "overview's tables over 1,000,000 cases", value: percentiles(times) },
  ];
}

export function manyFacts(): Facts {
  const random = seededRandom(1, "bench");
  const names: NameDictionaries = {
    contact_reason: namesOf("Reason", 15),
    product: namesOf("Product", 60),
    team: namesOf("Team", 40),
    channel: namesOf("Channel", 6),
    region: namesOf("Region", 8),
  };
  const causes = Array.from({ length: 120 }, (_, i) => ({
    causeId: i + 1,
    name: `Cause ${i + 1}`,
    category: null,
    stability: null,
  }));
  const builder = new CaseColumnsBuilder(cases);
  const pick = (n: number) => 1 + Math.floor(random.uniform() ** 2 * n);
  for (let i = 0; i < cases; i++) builder.add(factRow(i, pick));
  return assembleFacts([builder.finish()], names, causes);
}

function factRow(i: number, pick: (n: number) => number): FactRow {
  const incidenceDay = firstDay + Math.floor((i * days) / cases);
  return {
    caseId: `00000000-0000-5000-8000-${i.toString(16).padStart(12, "0")}`,
    incidenceDay,
    outcomeDay: incidenceDay + pick(20),
    causeId: pick(120),
    causeBasis: "text",
    customerRef: `C${pick(300_000)}`,
    status: "resolved",
    severity: "medium",
    finding: null,
    outcome: outcomes[pick(4) - 1] ?? null,
    remedyTypes: ["refund"],
    reopenCount: 0,
    daysToResolve: 3,
    compensationMinor: 500,
    compensationCurrency: "EUR",
    contact_reasonId: pick(15),
    productId: pick(60),
    teamId: pick(40),
    channelId: pick(6),
    regionId: pick(8),
  };
}

function namesOf(what: string, n: number): (string | undefined)[] {
  return [undefined, ...Array.from({ length: n }, (_, i) => `${what} ${i + 1}`)];
}

export function manyFilters(): Filter[] {
  const periods = ["2026-09", "2026-Q3", "last-12-months", "all"];
  return Array.from({ length: filters }, (_, i): Filter => {
    const base: Filter = { ...everything, period: periods[i % 4] ?? "all" };
    const one = i % 3 > 0 ? narrow(base, "product", `Product ${1 + (i % 20)}`) : base;
    return i % 3 > 1 ? narrow(one, "team", `Team ${1 + (i % 10)}`) : one;
  });
}
