import { dimensionLabel, type FilterDimension } from "#analytics/filter/dimensions.ts";
import { resolutionTimesBy, timesOf } from "#analytics/metrics/resolution-times.ts";
import type { SurvivalQuantile } from "#analytics/statistics/kaplan-meier.ts";
import { sentenceCase } from "#app/format.ts";
import type { Column, TableData } from "./table.ts";
import { casesHref, tableCsvHref, type View } from "./view.ts";

/** How long cases take, by the team that has them, or by contact reason where no team is told. */
export function resolutionTimesTable(view: View): TableData {
  const dimension: FilterDimension = view.facts.dictionaries.team.length > 1 ? "team" : "contact_reason";
  const through = view.calendar.reach.end - 1;
  const label = sentenceCase(dimensionLabel(dimension));
  const groups = resolutionTimesBy(view.facts, view.incidence, dimension, through);
  const all = timesOf(view.facts, view.incidence, through);
  return {
    name: "times-to-resolve",
    caption: `Days to resolve, by ${dimensionLabel(dimension)}`,
    csvHref: tableCsvHref(view, "times-to-resolve"),
    note:
      "Cases by the day they happened; from the receipt to the resolution, in calendar days. Cases that are open are " +
      "counted as longer than they have taken so far (Kaplan-Meier), with 95 % intervals; where too few are resolved yet " +
      "there is no number. Cases without both times are left out of them.",
    columns: [
      { key: "group", label, kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      ...quantileColumns("median_days", "Half are resolved within, days"),
      ...quantileColumns("p90_days", "Nine tenths within, days"),
      { key: "resolved", label: "Resolved, times known", kind: "count" },
      { key: "open", label: "Open", kind: "count" },
    ],
    rows: [
      ...groups.map(({ group, ...times }) => ({
        href: casesHref(view, "incidence", [group.dimension, group.value]),
        ...(group.value === null && { tone: "other" as const }),
        cells: { group: group.label, ...cellsOf(times) },
      })),
      ...(all.resolved === 0
        ? []
        : [
            {
              href: casesHref(view, "incidence"),
              tone: "total" as const,
              cells: { group: "all", ...cellsOf(all) },
            },
          ]),
    ],
  };
}

function quantileColumns(key: string, label: string): Column[] {
  return [
    { key, label, kind: "days" },
    { key: `${key}_low`, label: `${label}, low`, kind: "days" },
    { key: `${key}_high`, label: `${label}, high`, kind: "days" },
  ];
}

function cellsOf(times: ReturnType<typeof timesOf>) {
  const { cases, resolved, open, median, p90 } = times;
  return {
    cases,
    resolved,
    open,
    ...quantileCells("median_days", median),
    ...quantileCells("p90_days", p90),
  };
}

function quantileCells(key: string, { value, low, high }: SurvivalQuantile) {
  return { [key]: value, [`${key}_low`]: low, [`${key}_high`]: high };
}
