import { outcomes, remedyTypes } from "#analytics/case.ts";
import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { CaseColumnsBuilder, type FactRow } from "#analytics/facts/case-columns.ts";
import type { Facts, NameDictionaries } from "#analytics/facts/facts.ts";
import { everything, type Filter, formatRange, narrow } from "#analytics/filter/filter.ts";
import { seededRandom } from "#app/demo/random.ts";
import { manyCases } from "#test/support/many-cases.ts";

/** Columns of so many made-up cases over two years, without a database: of the kinds that `fillWorkspace` makes. */
export function madeUpFacts(cases: number): Facts {
  const random = seededRandom(1, "bench");
  const pick = (n: number) => 1 + Math.floor(random.uniform() ** 2 * n);
  const builder = new CaseColumnsBuilder(cases);
  for (let i = 0; i < cases; i++) builder.add(factRow(i, cases, pick));
  return assembleFacts([builder.finish()], namesOf(), causesOf());
}

function factRow(i: number, cases: number, pick: (n: number) => number): FactRow {
  const incidenceDay = manyCases.firstDay + Math.floor((i * manyCases.days) / cases);
  const { names } = manyCases;
  return {
    caseId: `00000000-0000-5000-8000-${i.toString(16).padStart(12, "0")}`,
    incidenceDay,
    outcomeDay: incidenceDay + pick(20),
    causeId: pick(manyCases.causes),
    causeBasis: "text",
    customerRef: `C${pick(cases / manyCases.casesOfCustomer)}`,
    status: "resolved",
    severity: "medium",
    finding: null,
    outcome: outcomes[pick(4) - 1] ?? null,
    remedyTypes: [remedyTypes[pick(8) - 1]!],
    reopenCount: pick(3) - 1,
    daysToResolve: pick(20),
    compensationMinor: pick(5000),
    compensationCurrency: "EUR",
    contact_reasonId: pick(names.contact_reason),
    productId: pick(names.product),
    teamId: pick(names.team),
    channelId: pick(names.channel),
    regionId: pick(names.region),
  };
}

function namesOf(): NameDictionaries {
  return Object.fromEntries(
    Object.entries(manyCases.names).map(([field, n]) => [
      field,
      [undefined, ...Array.from({ length: n }, (_, i) => `${field} ${i + 1}`)],
    ]),
  ) as unknown as NameDictionaries; // every name field is a key
}

function causesOf() {
  return Array.from({ length: manyCases.causes }, (_, i) => ({
    causeId: i + 1,
    name: `Cause ${i + 1}`,
    category: (["product", "process", "staff_training", null] as const)[i % 4]!,
    stability: null,
  }));
}

/** 30, 90, 365 and 730 days that end with the data, under none, one and two conditions: 36. */
export function manyFilters(): Filter[] {
  const end = manyCases.firstDay + manyCases.days;
  return Array.from({ length: 36 }, (_, i): Filter => {
    const period = formatRange({ start: end - [30, 90, 365, 730][i % 4]!, end });
    const base: Filter = { ...everything, period };
    const one = i % 3 > 0 ? narrow(base, "product", `product ${1 + (i % 20)}`) : base;
    return i % 3 > 1 ? narrow(one, "team", `team ${1 + (i % 10)}`) : one;
  });
}
