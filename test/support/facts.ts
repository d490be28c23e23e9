import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { CaseColumnsBuilder, type FactRow } from "#analytics/facts/case-columns.ts";
import type { CauseFact, Facts, NameDictionaries } from "#analytics/facts/facts.ts";
import { parseDay } from "#analytics/period.ts";

export type CaseSketch = Partial<Omit<FactRow, "incidenceDay" | "outcomeDay">> & {
  on: string;
  /** Day of the resolution; the incidence day unless said otherwise; `null`: open. */
  resolvedOn?: string | null;
};

export const sketchNames: NameDictionaries = {
  contact_reason: [undefined, "Late", "Broken", "Rude"],
  product: [undefined, "Sofa", "Lamp", "Bed"],
  team: [undefined, "North", "South"],
  channel: [undefined, "phone", "mail"],
  region: [undefined, "A", "B"],
};

export const sketchCauses: CauseFact[] = [
  { causeId: 7, name: "Late delivery", category: "process", stability: null },
  { causeId: 9, name: "Broken leg", category: "product", stability: null },
  { causeId: 12, name: "Curt answers", category: "staff_training", stability: null },
  { causeId: 15, name: "Odd invoices", category: null, stability: null },
];

/** Columns of a few cases that a test writes down by what matters to it. */
export function factsOf(sketches: readonly CaseSketch[]): Facts {
  const rows = sketches.map(rowOf).sort((a, b) => a.incidenceDay - b.incidenceDay);
  return factsOfRows(rows, sketchNames, sketchCauses);
}

/** @param rows by incidence day */
export function factsOfRows(
  rows: readonly FactRow[],
  names: NameDictionaries,
  causes: readonly CauseFact[],
): Facts {
  const builder = new CaseColumnsBuilder(rows.length);
  for (const row of rows) builder.add(row);
  return assembleFacts([builder.finish()], names, causes);
}

/** A resolved case of which nothing else is known. */
export const blankRow: Omit<FactRow, "caseId" | "incidenceDay" | "outcomeDay"> = {
  causeId: null,
  causeBasis: null,
  customerRef: null,
  status: "resolved",
  severity: null,
  finding: null,
  outcome: null,
  remedyTypes: null,
  reopenCount: null,
  daysToResolve: null,
  compensationMinor: null,
  compensationCurrency: null,
  contact_reasonId: null,
  productId: null,
  teamId: null,
  channelId: null,
  regionId: null,
  attributes: null,
};

function rowOf({ on, resolvedOn = on, ...rest }: CaseSketch, index: number): FactRow {
  return {
    ...blankRow,
    caseId: `00000000-0000-5000-8000-${String(index).padStart(12, "0")}`,
    incidenceDay: dayOf(on),
    outcomeDay: resolvedOn === null ? null : dayOf(resolvedOn),
    status: resolvedOn === null ? "open" : "resolved",
    ...rest,
  };
}

export function dayOf(text: string): number {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`${text} is not a day`);
  return day;
}
