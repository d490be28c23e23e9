import type { EmergingGroup } from "#analytics/causes/emerging-groups.ts";
import { caseIdAt, type Facts } from "#analytics/facts/facts.ts";
import { emergingRows } from "#analytics/metrics/emerging-rows.ts";
import { type GroupFigures, groupFigures } from "#analytics/metrics/group-figures.ts";
import { formatDay } from "#analytics/period.ts";
import { counted, countText, dateText } from "#app/format.ts";
import { hrefTo, makeView, type Snapshot, type View } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";
import { pageHead } from "./page-head.ts";

/** What was found among the emerging cases of a snapshot. */
export interface FoundGroups {
  groups: readonly EmergingGroup[];
  emerging: number;
  /** How many of them were compared: the latest ones. */
  compared: number;
}

/** Figures of some cases that are alike, in words. */
export interface GroupFigureTexts {
  cases: string;
  customers: string;
  first: string;
  latest: string;
}

/** What is new is among the latest. 1,000 take 2.2 s of a processor, one of them to start the thread; 5,000 take 4.4 s. */
const mostCompared = 2000;
/** Of the cases with a cause: enough to know what everybody says. */
const mostBackground = 500;
/** Cases of a group. */
const fewestOfGroup = 3;

/** Which cases the search for groups compares, and against which background. */
export function emergingCases({ facts }: Snapshot) {
  const rows = emergingRows(facts);
  const { cause } = facts.codes;
  let withCause = 0;
  for (const code of cause) if (code > 0) withCause++;
  const every = Math.max(1, Math.ceil(withCause / mostBackground));
  const background: string[] = [];
  let place = 0;
  cause.forEach((code, row) => {
    if (code > 0 && place++ % every === 0) background.push(caseIdAt(facts, row));
  });
  return {
    emerging: rows.length,
    compared: rows.slice(-mostCompared).map((row) => caseIdAt(facts, row)),
    background,
  };
}

export type EmergingOfView = NonNullable<ReturnType<typeof emergingGroupsOf>>;

/** The groups with a case that the view shows, the largest first, and what they rest on. `null`: no case is emerging. */
export function emergingGroupsOf(view: View, { groups, emerging, compared }: FoundGroups) {
  if (emerging === 0) return null;
  const shown = new Set(view.incidence);
  const rowOf = rowsById(view.facts);
  const listed = groups
    .map((group) => ({ group, rows: rowsOf(group.caseIds, rowOf) }))
    .filter(({ rows }) => rows.length >= fewestOfGroup)
    .map(({ group, rows }) => ({ group, rows: rows.filter((row) => shown.has(row)) }));
  const some = listed.filter(({ rows }) => rows.length > 0).toSorted((a, b) => b.rows.length - a.rows.length);
  return {
    groups: some.map(({ group: { label, exemplarCaseId }, rows }) => ({
      label,
      exemplarCaseId,
      href: hrefTo(view.workspace, `causes/emerging/${exemplarCaseId}`, view.filter),
      ...figureTexts(groupFigures(view.facts, rows)),
    })),
    sentence: sentenceOf(view, {
      emerging: [...rowOf.values()].filter((row) => shown.has(row)).length,
      grouped: some.reduce((sum, { rows }) => sum + rows.length, 0),
      elsewhere: listed.length - some.length,
      left: emerging - compared,
    }),
  };
}

export interface AskedOfGroup extends AskedWithFilter {
  /** Any case of the group: the page's address has it. */
  caseId: string;
  /** All cases that were found alike. */
  caseIds: readonly string[];
  page: number;
  pageSize: number;
}

/** A group of emerging cases on a page of its own. `null`: too few of its cases are still emerging. */
export function emergingGroup(snapshot: Snapshot, { page, pageSize, ...asked }: AskedOfGroup) {
  const { facts } = snapshot;
  const view = makeView(snapshot, asked.filter, asked.today);
  const rows = rowsOf(asked.caseIds, rowsById(facts));
  if (rows.length < fewestOfGroup) return null;
  const inFilter = new Set(view.incidence);
  const shown = rows.filter((row) => inFilter.has(row)).toReversed();
  const idsOf = (some: readonly number[]) => some.map((row) => caseIdAt(facts, row));
  const address = `causes/emerging/${asked.caseId}`;
  const head = pageHead(view, address, asked);
  head.filterBar.counts.shown = shown.length;
  return {
    head,
    figures: figureTexts(groupFigures(facts, shown)),
    /** All cases of it that are still emerging, by the day they happened. */
    caseIds: idsOf(rows),
    /** Of those that the filter shows the ones of this page, the latest first. */
    onPage: idsOf(shown.slice((page - 1) * pageSize, page * pageSize)),
    paging: { page, pageSize, total: shown.length },
    address: hrefTo(view.workspace, address, view.filter),
    causesHref: hrefTo(view.workspace, "causes", view.filter),
  };
}

/** The rows of the emerging cases by case id. */
function rowsById(facts: Facts): ReadonlyMap<string, number> {
  return new Map(emergingRows(facts).map((row) => [caseIdAt(facts, row), row]));
}

/** Of a group the cases that are still emerging. */
function rowsOf(caseIds: readonly string[], rowOf: ReadonlyMap<string, number>): number[] {
  return caseIds.flatMap((id) => rowOf.get(id) ?? []).sort((a, b) => a - b);
}

/** Customers rest on the cases of which the customer is known. */
function figureTexts(figures: GroupFigures): GroupFigureTexts {
  const { customers, customerKnown, firstDay, latestDay } = figures;
  const rest =
    customerKnown === figures.cases ? "" : ` (${countText(figures.cases - customerKnown)} unknown)`;
  return {
    cases: countText(figures.cases),
    customers: `${countText(customers)}${rest}`,
    first: dateText(firstDay === null ? null : formatDay(firstDay)),
    latest: dateText(latestDay === null ? null : formatDay(latestDay)),
  };
}

interface Shown {
  emerging: number;
  grouped: number;
  /** Groups of which the filter shows no case. */
  elsewhere: number;
  /** Cases that were not compared. */
  left: number;
}

function sentenceOf(view: View, { emerging, grouped, elsewhere, left }: Shown): string {
  const these = `Of the ${counted(view.incidence.length, "case")} shown here, ${countText(emerging)} fit none of the causes`;
  const among =
    grouped + elsewhere === 0
      ? "; no three emerging cases are as alike as the cases of a cause."
      : `, and ${countText(grouped)} of those are in a group of emerging cases that are alike.`;
  return [
    these + among,
    ...(elsewhere === 0 ? [] : [`These filters show no case of ${counted(elsewhere, "other group")}.`]),
    ...(left === 0 ? [] : [`The ${counted(left, "earliest emerging case")} were not compared.`]),
  ].join(" ");
}
