import type { EmergingGroup } from "#analytics/causes/emerging-groups.ts";
import { caseIdAt, type Facts } from "#analytics/facts/facts.ts";
import { emergingRows } from "#analytics/metrics/emerging-rows.ts";
import { type GroupFigures, groupFigures } from "#analytics/metrics/group-figures.ts";
import { formatDay } from "#analytics/period.ts";
import { counted, countText, dateText, openingText } from "#app/format.ts";
import { hrefTo, type View } from "#app/tables/view.ts";
import { listCases } from "#db/queries/cases.ts";
import type { Services } from "./services.ts";

/** A group of emerging cases in a list: figures of the cases that the page's filter shows. */
export interface EmergingGroupLine {
  label: string;
  href: string;
  cases: string;
  customers: string;
  first: string;
  latest: string;
  /** How the case most like all others of it begins. */
  opening: string;
}

/** What the page of causes shows about emerging cases that are alike. Plain data. */
export interface EmergingView {
  /** Those with a case that the filter shows, the largest first. */
  groups: EmergingGroupLine[];
  /** How many cases they rest on, and what was left out. */
  sentence: string;
}

const lettersShown = 160;
export const smallestGroup = 3;

/** `null`: no case of the workspace is emerging. */
export async function emergingView(services: Services, view: View): Promise<EmergingView | null> {
  const { groups, emerging, compared } = await services.emergingGroups(view);
  if (emerging === 0) return null;
  const shown = new Set(view.incidence);
  const rowOf = rowsById(view.facts);
  const listed = groups
    .map((group) => ({ group, rows: rowsOf(group, rowOf) }))
    .filter(({ rows }) => rows.length >= smallestGroup)
    .map(({ group, rows }) => ({ group, rows: rows.filter((row) => shown.has(row)) }));
  const some = listed.filter(({ rows }) => rows.length > 0).toSorted((a, b) => b.rows.length - a.rows.length);
  const exemplars = some.map(({ group }) => group.exemplarCaseId);
  const lines = await listCases(services.database.db, view.workspace.id, exemplars);
  const openings = new Map(
    lines.map(({ case_id: id, title, opening }) => [id, `${title ?? ""} ${opening ?? ""}`.trim()]),
  );
  return {
    groups: some.map(({ group, rows }) => ({
      label: group.label,
      href: hrefTo(view.workspace, `causes/emerging/${group.exemplarCaseId}`, view.filter),
      ...figureTexts(groupFigures(view.facts, rows)),
      opening: openingText(openings.get(group.exemplarCaseId) ?? "", lettersShown),
    })),
    sentence: sentenceOf(view, {
      emerging: [...rowOf.values()].filter((row) => shown.has(row)).length,
      grouped: some.reduce((sum, { rows }) => sum + rows.length, 0),
      elsewhere: listed.length - some.length,
      left: emerging - compared,
    }),
  };
}

/** The rows of the emerging cases by case id. */
export function rowsById(facts: Facts): ReadonlyMap<string, number> {
  return new Map(emergingRows(facts).map((row) => [caseIdAt(facts, row), row]));
}

/** Of a group the cases that are still emerging. */
export function rowsOf({ caseIds }: EmergingGroup, rowOf: ReadonlyMap<string, number>): number[] {
  return caseIds.flatMap((id) => rowOf.get(id) ?? []).sort((a, b) => a - b);
}

/** The figures of a group in words. Customers rest on the cases of which the customer is known. */
export function figureTexts(figures: GroupFigures): Omit<EmergingGroupLine, "label" | "href" | "opening"> {
  const { cases, customers, customerKnown, firstDay, latestDay } = figures;
  const rest = customerKnown === cases ? "" : ` (${countText(cases - customerKnown)} unknown)`;
  return {
    cases: countText(cases),
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
