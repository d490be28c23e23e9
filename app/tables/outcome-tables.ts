import { outcomes, type RemedyType, remedyTypes } from "#analytics/case.ts";
import { dimensionLabel, type FilterDimension } from "#analytics/filter/dimensions.ts";
import type { Group } from "#analytics/metrics/groups.ts";
import { outcomesBy } from "#analytics/metrics/outcome-table.ts";
import { remediesBy } from "#analytics/metrics/remedy-table.ts";
import { type Share, shareOf } from "#analytics/metrics/share.ts";
import { periodWords } from "#app/filters/describe-filter.ts";
import { pageTable } from "./page-table.ts";
import type { Column, TableData, TableRow } from "./table.ts";
import { casesHref, tableCsvHref, type View } from "./view.ts";

/** Resolved cases by a dimension, with what became of them. */
export function outcomesTable(
  view: View,
  dimension: FilterDimension,
  groups = outcomesBy(view.facts, view.resolved, dimension),
): TableData {
  const name = `outcomes-by-${dimension.replaceAll("_", "-")}`;
  return {
    name,
    caption: `Outcome by ${dimensionLabel(dimension)}`,
    csvHref: tableCsvHref(view, name),
    note: outcomeNote(view, dimension),
    columns: [
      { key: dimension, label: capital(dimensionLabel(dimension)), kind: "text" },
      { key: "resolved", label: "Resolved", kind: "count" },
      { key: "outcome_known", label: "Outcome known", kind: "count" },
      ...outcomes.flatMap((outcome) =>
        shareColumns(outcome, capital(outcome), "outcome_known", view.outcomesArePartial),
      ),
    ],
    rows: groups
      .filter(({ group }) => isShown(view, group))
      .map(({ group, resolved, outcomeKnown, byOutcome }) => ({
        ...groupRow(view, group),
        cells: {
          [dimension]: group.label,
          resolved,
          outcome_known: outcomeKnown,
          ...Object.assign(
            {},
            ...outcomes.map((outcome) => shareCells(outcome, shownShare(view, byOutcome[outcome]))),
          ),
        },
      })),
  };
}

function outcomeNote(view: View, dimension: FilterDimension): string {
  if (view.outcomesArePartial)
    return "The sources tell some outcomes and are silent about the others: a share of them would mean nothing.";
  return (
    "Resolved cases by the day they were resolved; shares are of cases with a known outcome, with 95 % Wilson " +
    "intervals. Association, not proof: hard cases get other remedies than easy ones." +
    (dimension === "remedy" ? " A case with several remedies stands in the row of each." : "")
  );
}

/** Where outcomes are told in part, the count stays and the share goes. */
function shownShare(view: View, figure: Share): Share {
  return view.outcomesArePartial ? { ...figure, share: null, interval: null } : figure;
}

/** What the figure of outcomes is drawn from, on whichever page it stands. */
export function outcomeFigureOf(view: View) {
  const byRemedy = outcomesBy(view.facts, view.resolved, "remedy");
  const outcomeTable = outcomesTable(view, "remedy", byRemedy);
  const remedies = remedyTable(view, byRemedy);
  const tells = whatTells(outcomeTable, remedies, view.outcomesArePartial);
  return {
    tells,
    table: tells === "nothing" ? null : pageTable(tells === "outcomes" ? outcomeTable : remedies),
    resolved: view.resolved.length,
    period: periodWords(view),
  };
}

/** What can be charted of the cases: outcomes, else which remedies they got; many sources tell neither. */
export type OutcomesTell = "outcomes" | "remedies" | "nothing";

function whatTells(outcomeTable: TableData, remedies: TableData, outcomesArePartial: boolean): OutcomesTell {
  if (!outcomesArePartial && outcomeTable.rows.some(({ cells }) => Number(cells["outcome_known"]) > 0))
    return "outcomes";
  return remedies.rows.some(({ tone }) => tone === undefined) ? "remedies" : "nothing";
}

/** How often each remedy was given: one row a remedy, largest first. */
export function remedyTable(
  view: View,
  byRemedy = outcomesBy(view.facts, view.resolved, "remedy"),
): TableData {
  const groups = byRemedy.filter(({ group }) => isShown(view, group));
  return {
    name: "remedies",
    caption: "Remedies given",
    csvHref: tableCsvHref(view, "remedies"),
    note: "Resolved cases by the day they were resolved; a case may have several remedies. 95 % Wilson intervals.",
    columns: [
      { key: "remedy", label: "Remedy", kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "share", label: "Share", kind: "share", n: "resolved" },
      { key: "share_low", label: "Share, low", kind: "share" },
      { key: "share_high", label: "Share, high", kind: "share" },
      { key: "resolved", label: "of resolved cases", kind: "count", csvOnly: true },
    ],
    rows: groups.map(({ group, resolved }) => {
      const { hits, n, share, interval } = shareOf(resolved, view.resolved.length);
      return {
        ...groupRow(view, group),
        cells: {
          remedy: group.label,
          cases: hits,
          share,
          share_low: interval?.low ?? null,
          share_high: interval?.high ?? null,
          resolved: n,
        },
      };
    }),
  };
}

/** Which remedies the resolved cases got, by a dimension. */
export function remediesTable(view: View, dimension: Exclude<FilterDimension, "remedy">): TableData {
  const name = `remedies-by-${dimension.replaceAll("_", "-")}`;
  const groups = remediesBy(view.facts, view.resolved, dimension);
  const isGiven = (remedy: RemedyType) => groups.some(({ byRemedy }) => byRemedy[remedy].hits > 0);
  return {
    name,
    caption: `Remedy by ${dimensionLabel(dimension)}`,
    csvHref: tableCsvHref(view, name),
    note:
      "Resolved cases by the day they were resolved; shares are of all resolved cases of the row, with 95 % Wilson " +
      "intervals. A case may have several remedies. A remedy that nobody here was given stands in the CSV only.",
    columns: [
      { key: dimension, label: capital(dimensionLabel(dimension)), kind: "text" },
      { key: "resolved", label: "Resolved", kind: "count" },
      ...remedyTypes.flatMap((remedy) => {
        const columns = shareColumns(remedy, capital(remedy.replaceAll("_", " ")), "resolved");
        return isGiven(remedy) ? columns : columns.map((column) => ({ ...column, ...fileOnly }));
      }),
      { key: "unknown", label: "Unknown", kind: "count" },
    ],
    rows: groups.map(({ group, resolved, byRemedy, unknown }) => ({
      ...groupRow(view, group),
      cells: {
        [dimension]: group.label,
        resolved,
        ...Object.assign({}, ...remedyTypes.map((remedy) => shareCells(remedy, byRemedy[remedy]))),
        unknown,
      },
    })),
  };
}

/**
 * With some remedies chosen, only their rows are shown: the row of another remedy would count the cases that had
 * both, and no list of cases could be opened that counts the same.
 */
function isShown(view: View, group: Group): boolean {
  const chosen = view.filter.clauses.find((clause) => clause.dimension === "remedy")?.include ?? [];
  return group.dimension !== "remedy" || chosen.length === 0 || chosen.includes(group.value);
}

function groupRow(view: View, group: Group): Omit<TableRow, "cells"> {
  const href = casesHref(view, "outcome", [group.dimension, group.value]);
  return group.value === null ? { href, tone: "other" } : { href };
}

/** The page shows one of the two: the share, which says how many cases where they are few, or the cases alone. */
function shareColumns(key: string, label: string, n: string, casesAlone = false): Column[] {
  const hits = `${key}_cases`;
  return [
    { key: hits, label: casesAlone ? label : `${label}, cases`, kind: "count", ...(!casesAlone && fileOnly) },
    { key, label, kind: "share", n, hits, withCases: true, ...(casesAlone && fileOnly) },
    { key: `${key}_low`, label: `${label}, low`, kind: "share" },
    { key: `${key}_high`, label: `${label}, high`, kind: "share" },
  ];
}

const fileOnly = { csvOnly: true } as const;

function shareCells(key: string, { hits, share, interval, n }: Share) {
  return {
    [`${key}_cases`]: n === 0 ? null : hits,
    [key]: share,
    [`${key}_low`]: interval?.low ?? null,
    [`${key}_high`]: interval?.high ?? null,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
