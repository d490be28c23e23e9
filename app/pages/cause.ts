import { caseIdAt, codesOf, dictionaryOf, type Facts } from "#analytics/facts/facts.ts";
import { dimensionLabel } from "#analytics/filter/dimensions.ts";
import { everything, narrow } from "#analytics/filter/filter.ts";
import { causeRanking } from "#analytics/metrics/cause-ranking.ts";
import { formatDay } from "#analytics/period.ts";
import { counted, sentenceCase } from "#app/format.ts";
import { trendNote } from "#app/sentences/trend-note.ts";
import { headlineTiles } from "#app/tables/headline-table.ts";
import { outcomeFigureOf } from "#app/tables/outcome-tables.ts";
import { pageTable } from "#app/tables/page-table.ts";
import { firstIncompleteMonth, trendTable } from "#app/tables/trend-table.ts";
import { casesHref, hrefTo, makeView, type Snapshot } from "#app/tables/view.ts";
import type { Asked, AskedWithFilter } from "./asked.ts";
import { pageHead } from "./page-head.ts";

/** The fields that a split can go by, and how many of their values are offered, the most frequent first. */
export const splitFields = ["product", "contact_reason", "channel", "team", "region"] as const;
const valuesOffered = 12;
const latestShown = 8;

/** A cause, and how many cases it has in all that is loaded. */
export interface CauseSize {
  causeId: number;
  name: string;
  cases: number;
}

/** What a cause can be cut in two by, from all days: values, with how many of its cases have each. */
export interface SplitOffer {
  cases: number;
  fields: { label: string; values: { value: string; text: string }[] }[];
}

export function cause(snapshot: Snapshot, { causeId, ...asked }: AskedWithFilter & { causeId: number }) {
  const { filter, today } = asked;
  const whole = makeView(snapshot, filter, today);
  const view = makeView(snapshot, narrow(whole.filter, "cause", String(causeId)), today);
  const trend = trendTable(view);
  const incompleteFrom = firstIncompleteMonth(trend);
  const rows = rowsOfCause(view.facts, causeId);
  const head = pageHead(whole, `causes/${causeId}`, asked);
  head.filterBar.counts.shown = view.incidence.length;
  return {
    head,
    headline: headlineTiles(view, ["cases", "open", "restored", "parted", "repeat_contact"]),
    trend: pageTable(trend),
    incompleteFrom,
    trendNote: trendNote(view, incompleteFrom),
    outcomeFigure: outcomeFigureOf(view),
    cases: view.incidence.length,
    latest: Array.from(view.incidence.slice(-latestShown).toReversed(), (row) => caseIdAt(view.facts, row)),
    sizes: causeSizes(snapshot, today),
    split: { cases: rows.length, fields: splitValues(view.facts, rows) } satisfies SplitOffer,
    casesHref: casesHref(view, "incidence"),
    causesHref: hrefTo(view.workspace, "causes", whole.filter),
  };
}

/** The causes with a case, the largest first. */
function causeSizes(snapshot: Snapshot, today: Asked["today"]): CauseSize[] {
  const { facts, incidence } = makeView(snapshot, { ...everything, period: "all" }, today);
  return causeRanking(facts, incidence).flatMap(({ cause: ranked, cases }) =>
    ranked === null ? [] : [{ causeId: ranked.causeId, name: ranked.name, cases }],
  );
}

/** The cases of a cause, of all days, by the day they happened; and of a value those that have it. */
export interface CasesOfCause {
  ids: string[];
  withValue: string[];
  /** What readers call the value. */
  label: string;
}

export interface ValueOfField {
  dimension: (typeof splitFields)[number];
  value: string;
}

export function casesOfCause(
  { facts }: Snapshot,
  { causeId, having }: { causeId: number; having: ValueOfField | null },
): CasesOfCause {
  const rows = rowsOfCause(facts, causeId);
  const idsOf = (some: readonly number[]) => some.map((row) => caseIdAt(facts, row));
  if (having === null) return { ids: idsOf(rows), withValue: [], label: "" };
  const entries = dictionaryOf(facts, having.dimension);
  const code = entries.findIndex(({ value }) => value === having.value);
  const codes = codesOf(facts, having.dimension);
  return {
    ids: idsOf(rows),
    withValue: idsOf(rows.filter((row) => code > 0 && codes[row] === code)),
    label: entries[code]?.label ?? having.value,
  };
}

/** The first and the latest case of a cause, of all days, and the ids of its `most` latest ones, the earliest first. */
export interface DaysOfCause {
  first: { day: string; caseId: string } | null;
  latest: { day: string; caseId: string } | null;
  latestIds: string[];
}

export function daysOfCause(
  { facts }: Snapshot,
  { causeId, most }: { causeId: number; most: number },
): DaysOfCause {
  const rows = rowsOfCause(facts, causeId);
  const caseAt = (row: number | undefined) =>
    row === undefined ? null : { day: formatDay(facts.incidenceDay[row] ?? 0), caseId: caseIdAt(facts, row) };
  return {
    first: caseAt(rows[0]),
    latest: caseAt(rows.at(-1)),
    latestIds: rows.slice(Math.max(0, rows.length - most)).map((row) => caseIdAt(facts, row)),
  };
}

/** The rows of a cause's cases, of all days. */
function rowsOfCause({ codes, causes }: Facts, causeId: number): number[] {
  const code = causes.findIndex((known) => known?.causeId === causeId);
  const rows: number[] = [];
  if (code > 0)
    codes.cause.forEach((found, row) => {
      if (found === code) rows.push(row);
    });
  return rows;
}

/** The values by which a cause can be cut in two, with how many of its cases have each. */
function splitValues(
  facts: Facts,
  rows: readonly number[],
): { label: string; values: { value: string; text: string }[] }[] {
  return splitFields.flatMap((dimension) => {
    const codes = codesOf(facts, dimension);
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(codes[row] ?? 0, (counts.get(codes[row] ?? 0) ?? 0) + 1);
    const ranked = [...counts].filter(([code, count]) => code > 0 && count < rows.length);
    ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const values = ranked.slice(0, valuesOffered).flatMap(([code, count]) => {
      const entry = dictionaryOf(facts, dimension)[code];
      if (entry?.value == null) return [];
      return [{ value: `${dimension}:${entry.value}`, text: `${entry.label} (${counted(count, "case")})` }];
    });
    return values.length === 0 ? [] : [{ label: sentenceCase(dimensionLabel(dimension)), values }];
  });
}
